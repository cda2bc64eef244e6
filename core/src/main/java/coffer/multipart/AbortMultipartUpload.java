package coffer.multipart;

import coffer.api.CosResponse;
import coffer.bucket.BucketService;
import coffer.request.CosRequest;
import coffer.request.Handler;

/** Source: COS API reference, "Abort Multipart Upload". */
public final class AbortMultipartUpload implements Handler {
    private final BucketService buckets;
    private final MultipartService uploads;

    public AbortMultipartUpload(BucketService buckets, MultipartService uploads) {
        this.buckets = buckets;
        this.uploads = uploads;
    }

    @Override
    public CosResponse handle(CosRequest request) {
        uploads.abort(buckets.of(request), request.key(), PartParameters.uploadId(request.query()));
        return CosResponse.noContent();
    }
}
