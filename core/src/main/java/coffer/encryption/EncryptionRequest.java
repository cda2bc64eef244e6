package coffer.encryption;

import java.util.Optional;

/** How a write asks for its bytes to be encrypted. */
public sealed interface EncryptionRequest {
    /** Not at all. */
    record None() implements EncryptionRequest {}

    /** SSE-COS. */
    record SseCos() implements EncryptionRequest {}

    /**
     * SSE-KMS.
     *
     * @param keyId the master key; the default one if empty
     * @param context base64 of a JSON object; perhaps empty
     * @param byDefault whether the bucket asks for it, not the request: the Java SDK compares the ETag with its MD5 then
     */
    record SseKms(Optional<String> keyId, String context, boolean byDefault) implements EncryptionRequest {}

    /** SSE-C. */
    record SseC(CustomerKey key) implements EncryptionRequest {}
}
