package coffer.multipart;

import coffer.api.CosException;
import coffer.api.Query;
import coffer.request.Numbers;

/** The parameters that name a part. */
record PartParameters(String uploadId, int number) {
    /**
     * Reads {@code uploadId} and {@code partNumber}.
     *
     * @throws CosException {@code InvalidArgument} if the number is not from 1 to 10,000
     */
    static PartParameters of(Query query) {
        return new PartParameters(uploadId(query), (int)
                Numbers.within("partNumber", query.last("partNumber").orElse(""), 1, MultipartService.MAX_PART_NUMBER));
    }

    static String uploadId(Query query) {
        return query.last("uploadId").orElse("");
    }
}
