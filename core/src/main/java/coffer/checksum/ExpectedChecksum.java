package coffer.checksum;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Headers;
import coffer.api.RequestBody;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The checksum that a request says of its body, in a header before it or behind it. Source: S3 docs, "Checking object
 * integrity in Amazon S3", "Using trailing checksums".
 *
 * @param value base64; empty if it comes behind the body, or is to be computed
 * @param isBehind whether it comes behind the body
 */
public record ExpectedChecksum(ChecksumAlgorithm algorithm, Optional<String> value, boolean isBehind) {
    private static final String PREFIX = "x-cos-checksum-";
    private static final String TRAILER_PREFIX = "x-amz-checksum-";

    /**
     * Reads it.
     *
     * @throws CosException {@code InvalidRequest} if there are several, {@code BadDigest} for one that cannot be right
     */
    public static Optional<ExpectedChecksum> of(Headers headers) {
        List<ExpectedChecksum> found = Stream.of(ChecksumAlgorithm.values())
                .flatMap(algorithm -> headers
                        .nonEmpty(PREFIX + algorithm.headerSuffix())
                        .map(value -> new ExpectedChecksum(algorithm, Optional.of(checked(algorithm, value)), false))
                        .stream())
                .toList();
        Optional<ExpectedChecksum> behind = headers.nonEmpty("x-cos-trailer").flatMap(ExpectedChecksum::announced);
        if (found.size() + (behind.isPresent() ? 1 : 0) > 1) {
            throw CosError.INVALID_REQUEST.because(
                    "Expecting a single x-amz-checksum- header. Multiple checksum types are not allowed.");
        }
        Optional<ExpectedChecksum> only = found.stream().findFirst().or(() -> behind);
        headers.nonEmpty("x-cos-sdk-checksum-algorithm").ifPresent(name -> requireSame(name, only));
        return only;
    }

    /** One that nobody says and that is to be computed. */
    public static ExpectedChecksum toCompute(ChecksumAlgorithm algorithm) {
        return new ExpectedChecksum(algorithm, Optional.empty(), false);
    }

    /**
     * Compares with what arrived, once the body was read to its end.
     *
     * @return the checksum of the body
     * @throws CosException {@code BadDigest}, {@code InvalidRequest}
     */
    public ObjectChecksum check(byte[] computed, RequestBody body) {
        ObjectChecksum actual = ObjectChecksum.full(algorithm, computed);
        Optional<String> said = isBehind
                ? body.trailer(TRAILER_PREFIX + algorithm.headerSuffix()).map(text -> checked(algorithm, text))
                : value;
        if (isBehind && said.isEmpty()) {
            throw CosError.MALFORMED_TRAILER_ERROR.exception();
        }
        if (said.filter(text -> !text.equals(actual.value())).isPresent()) {
            throw CosError.BAD_DIGEST.because("The " + algorithm
                    + " you specified did not match the calculated checksum, which is " + actual.value() + ".");
        }
        return actual;
    }

    private static Optional<ExpectedChecksum> announced(String trailer) {
        String name = trailer.toLowerCase(Locale.ROOT).strip();
        if (!name.startsWith(TRAILER_PREFIX)) {
            return Optional.empty();
        }
        return Optional.of(ChecksumAlgorithm.of(name.substring(TRAILER_PREFIX.length()))
                .map(algorithm -> new ExpectedChecksum(algorithm, Optional.empty(), true))
                .orElseThrow(() -> CosError.INVALID_REQUEST.because(
                        "The value specified in the x-amz-trailer header is not supported: " + trailer + ".")));
    }

    private static void requireSame(String name, Optional<ExpectedChecksum> found) {
        ChecksumAlgorithm algorithm = ChecksumAlgorithm.of(name)
                .orElseThrow(() -> CosError.INVALID_REQUEST.because(
                        "Value for x-amz-sdk-checksum-algorithm header is invalid: " + name + "."));
        if (found.isEmpty()) {
            throw CosError.INVALID_REQUEST.because("x-amz-sdk-checksum-algorithm specified, but no corresponding"
                    + " x-amz-checksum-* or x-amz-trailer headers were found.");
        }
        if (found.get().algorithm != algorithm) {
            throw CosError.INVALID_REQUEST.because("Value for x-amz-sdk-checksum-algorithm header is invalid: it is "
                    + name + ", the checksum is of " + found.get().algorithm + ".");
        }
    }

    private static String checked(ChecksumAlgorithm algorithm, String value) {
        try {
            if (Base64.getDecoder().decode(value).length == algorithm.bytes()) {
                return value;
            }
        } catch (IllegalArgumentException e) {
            // not base64: the same error as a wrong length
        }
        throw CosError.BAD_DIGEST.because(
                "Value for " + TRAILER_PREFIX + algorithm.headerSuffix() + " header is invalid.");
    }
}
