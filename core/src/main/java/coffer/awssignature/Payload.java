package coffer.awssignature;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Headers;
import coffer.api.RequestBody;
import java.util.Locale;
import java.util.Optional;

/**
 * What {@code x-amz-content-sha256} says of a body. Source: S3 API reference, "Authenticating Requests", "Transferring
 * Payload in Multiple Chunks".
 */
final class Payload {
    static final String UNSIGNED = "UNSIGNED-PAYLOAD";

    private static final String SIGNED_CHUNKS = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
    private static final String SIGNED_CHUNKS_AND_TRAILER = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER";
    private static final String UNSIGNED_CHUNKS_AND_TRAILER = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";
    private static final String DECODED_LENGTH = "x-amz-decoded-content-length";

    private Payload() {}

    /** Whether the body is in chunks of its own, within those that HTTP may have. */
    static boolean isChunked(Headers headers) {
        return headers.nonEmpty("x-amz-content-sha256")
                .filter(payload -> payload.startsWith("STREAMING-"))
                .isPresent();
    }

    /**
     * The body without its chunks, which verifies what is signed of it while it is read.
     *
     * @param payload the value of the header
     * @param signer what signs chunks
     * @throws CosException {@code InvalidArgument}, {@code MissingContentLength}, {@code NotImplemented}
     */
    static RequestBody read(RequestBody raw, Headers headers, String payload, Optional<ChunkSigner> signer) {
        return switch (payload) {
            case UNSIGNED -> raw;
            case SIGNED_CHUNKS ->
                new ChunkedPayload(raw, decodedLength(headers), Optional.of(require(signer)), Optional.empty());
            case SIGNED_CHUNKS_AND_TRAILER ->
                new ChunkedPayload(
                        raw, decodedLength(headers), Optional.of(require(signer)), headers.nonEmpty("x-amz-trailer"));
            case UNSIGNED_CHUNKS_AND_TRAILER ->
                new ChunkedPayload(raw, decodedLength(headers), Optional.empty(), headers.nonEmpty("x-amz-trailer"));
            default -> digested(raw, payload);
        };
    }

    private static ChunkSigner require(Optional<ChunkSigner> signer) {
        return signer.orElseThrow(() -> CosError.INVALID_ARGUMENT.because(
                "Chunks can only be signed by requests that are signed with version 4."));
    }

    private static RequestBody digested(RequestBody raw, String payload) {
        if (payload.startsWith("STREAMING-AWS4-ECDSA")) {
            throw CosError.NOT_IMPLEMENTED.because("Asymmetric signatures (version 4A) are not available here.");
        }
        if (!payload.matches("[0-9a-fA-F]{64}")) {
            throw CosError.INVALID_ARGUMENT.because("x-amz-content-sha256 must be " + UNSIGNED + ", " + SIGNED_CHUNKS
                    + ", " + SIGNED_CHUNKS_AND_TRAILER + ", " + UNSIGNED_CHUNKS_AND_TRAILER
                    + " or the SHA-256 of the body in hex.");
        }
        return new DigestedPayload(raw, payload.toLowerCase(Locale.ROOT));
    }

    private static long decodedLength(Headers headers) {
        String text = headers.nonEmpty(DECODED_LENGTH)
                .orElseThrow(
                        () -> CosError.MISSING_CONTENT_LENGTH.because("The header " + DECODED_LENGTH + " is missing."));
        try {
            long length = Long.parseLong(text);
            if (length >= 0) {
                return length;
            }
        } catch (NumberFormatException e) {
            // the same error as a negative number
        }
        throw CosError.INVALID_ARGUMENT.because(DECODED_LENGTH + " must be a number of bytes.");
    }
}
