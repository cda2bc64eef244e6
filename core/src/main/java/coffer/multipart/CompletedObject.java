package coffer.multipart;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Headers;
import coffer.checksum.ObjectChecksum;
import coffer.object.ObjectVersion;
import coffer.request.Numbers;
import java.util.Optional;

/**
 * What a client that completes an upload says the object will be. Source: S3 API reference, "CompleteMultipartUpload".
 *
 * @param checksum algorithm and value; that of a composite with or without the number of parts
 * @param type what the checksum is of
 * @param sizeBytes of the object
 */
record CompletedObject(
        Optional<ClaimedChecksum> checksum, Optional<ObjectChecksum.Type> type, Optional<Long> sizeBytes) {
    private static final String SIZE = "x-cos-mp-object-size";

    /**
     * Reads the headers.
     *
     * @throws CosException {@code InvalidRequest}, {@code InvalidArgument}
     */
    static CompletedObject of(Headers headers) {
        return new CompletedObject(
                ClaimedChecksum.ofHeaders(headers),
                headers.nonEmpty("x-cos-checksum-type").flatMap(ObjectChecksum.Type::of),
                headers.nonEmpty(SIZE).map(text -> Numbers.within(SIZE, text, 0, Long.MAX_VALUE)));
    }

    /**
     * Compares with what the parts make.
     *
     * @throws CosException {@code BadDigest}, {@code InvalidRequest}
     */
    void check(ObjectVersion made) {
        if (sizeBytes.filter(said -> said != made.sizeBytes()).isPresent()) {
            throw CosError.INVALID_REQUEST.because(
                    "The parts make " + made.sizeBytes() + " bytes, which is not what x-amz-mp-object-size says.");
        }
        Optional<ObjectChecksum> actual = made.checksum();
        if (actual.isEmpty()) {
            return;
        }
        if (type.filter(said -> said != actual.get().type()).isPresent()) {
            throw CosError.INVALID_REQUEST.because("The upload was created with the checksum type "
                    + actual.get().type() + ", which cannot be changed when it is completed.");
        }
        if (checksum.filter(said -> !said.is(actual.get())).isPresent()) {
            throw CosError.BAD_DIGEST.because("The " + actual.get().algorithm()
                    + " you specified did not match the calculated checksum, which is "
                    + actual.get().value() + ".");
        }
    }
}
