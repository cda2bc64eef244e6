package coffer.object;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.CosResponse;
import coffer.checksum.ObjectChecksum;
import coffer.request.CosRequest;
import coffer.request.Numbers;
import coffer.request.Protocol;
import java.util.List;
import java.util.Optional;

/**
 * What of an object a read is about: all of it, a range of it, or one of the parts it was uploaded in.
 *
 * @param first offset of its first byte
 * @param lengthBytes its length
 * @param isWhole whether it is all of the object, and asked for as that
 * @param partsCount how many parts the object was uploaded in, if one of them is asked for
 * @param checksum what can be compared with these bytes alone
 */
record Stretch(
        long first,
        long lengthBytes,
        boolean isWhole,
        Optional<Integer> partsCount,
        Optional<ObjectChecksum> checksum) {
    private static final int MAX_PART_NUMBER = 10_000;

    /**
     * What a request asks for. Source: COS API reference, "GET Object"; S3 API reference, "GetObject", "HeadObject": of
     * the two only S3 reads parts, and ranges by HEAD.
     *
     * @throws CosException {@code InvalidRange}, {@code InvalidPart}, {@code InvalidArgument}, {@code InvalidRequest}
     */
    static Stretch of(CosRequest request, ObjectVersion version) {
        boolean isS3 = request.protocol() == Protocol.S3;
        Optional<String> range = isS3 || !request.http().method().equals("HEAD")
                ? request.headers().nonEmpty("Range")
                : Optional.empty();
        Optional<String> number = isS3 ? request.query().nonEmpty("partNumber") : Optional.empty();
        if (range.isPresent() && number.isPresent()) {
            throw CosError.INVALID_REQUEST.because("Cannot specify both Range header and partNumber query parameter.");
        }
        return number.map(text -> part(version, (int) Numbers.within("partNumber", text, 1, MAX_PART_NUMBER)))
                .or(() -> range.flatMap(text -> ByteRange.resolve(text, version.sizeBytes()))
                        .map(part -> new Stretch(
                                part.first(), part.lengthBytes(), false, Optional.empty(), Optional.empty())))
                .orElseGet(() -> new Stretch(0, version.sizeBytes(), true, Optional.empty(), version.checksum()));
    }

    /** What was not uploaded in parts is its own first part. */
    private static Stretch part(ObjectVersion version, int number) {
        List<ObjectPart> parts = version.parts();
        if (parts.isEmpty() && number == 1) {
            return new Stretch(0, version.sizeBytes(), false, Optional.empty(), version.checksum());
        }
        long first = 0;
        for (ObjectPart part : parts) {
            if (part.number() == number) {
                return new Stretch(
                        first,
                        part.sizeBytes(),
                        false,
                        Optional.of(parts.size()),
                        version.checksum()
                                .flatMap(whole -> part.checksum()
                                        .map(value -> new ObjectChecksum(whole.algorithm(), whole.type(), value))));
            }
            first += part.sizeBytes();
        }
        throw CosError.INVALID_PART.because("The object has no part " + number + ".");
    }

    /** The answer that hands it out, but for what describes the object. Nothing has no range. */
    CosResponse begin(ObjectVersion version) {
        if (isWhole) {
            return CosResponse.ok();
        }
        CosResponse begun = lengthBytes == 0
                ? CosResponse.ok()
                : CosResponse.of(206)
                        .with("Content-Range", "bytes " + new ByteRange(first, lengthBytes).text(version.sizeBytes()));
        return begun.with("x-cos-mp-parts-count", partsCount.map(count -> Integer.toString(count)));
    }
}
