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

    /**
     * What makes something else encrypted in the same way.
     *
     * @param key of what is encrypted so
     */
    static EncryptionRequest like(ContentKey key) {
        return switch (key.encryption()) {
            case Encryption.None _ -> new None();
            case Encryption.SseCos _ -> new SseCos();
            case Encryption.SseKms(WrappedKey wrapped, String context) ->
                new SseKms(Optional.of(wrapped.keyId()), context, false);
            case Encryption.SseC _ -> new SseC(key.given().orElseThrow());
        };
    }

    /** Whether something is encrypted in the way a bucket asks for. */
    default boolean isMetBy(Encryption encryption) {
        return switch (this) {
            case None _ -> encryption.isNone();
            case SseCos _ -> encryption instanceof Encryption.SseCos;
            case SseKms kms ->
                encryption instanceof Encryption.SseKms(WrappedKey key, String _)
                        && kms.keyId.filter(id -> !id.equals(key.keyId())).isEmpty();
            case SseC _ -> false;
        };
    }
}
