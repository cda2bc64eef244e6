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
     * The part that a request asks for. Source: S3 API reference, "GetObject", "HeadObject"; COS has no such parameter.
     *
     * @return empty if it does not ask for one
     * @throws CosException {@code InvalidPart}, {@code InvalidArgument}, {@code InvalidRequest}
     */
    static Optional<Stretch> ofPart(CosRequest request, ObjectVersion version) {
        if (request.protocol() != Protocol.S3) {
            return Optional.empty();
        }
        Optional<String> number = request.query().nonEmpty("partNumber");
        if (number.isPresent() && request.headers().nonEmpty("Range").isPresent()) {
            throw CosError.INVALID_REQUEST.because("Cannot specify both Range header and partNumber query parameter.");
        }
        return number.map(text -> part(version, (int) Numbers.within("partNumber", text, 1, MAX_PART_NUMBER)));
    }

    /**
     * The range that a request asks for, or all of the object. Only S3 answers HEAD with a range.
     *
     * @throws CosException {@code InvalidRange}
     */
    static Stretch ofRange(CosRequest request, ObjectVersion version) {
        boolean isPossible =
                request.protocol() == Protocol.S3 || !request.http().method().equals("HEAD");
        return request.headers()
                .nonEmpty("Range")
                .filter(text -> isPossible)
                .flatMap(text -> ByteRange.resolve(text, version.sizeBytes()))
                .map(part -> new Stretch(part.first(), part.lengthBytes(), false, Optional.empty(), Optional.empty()))
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
