package coffer.encryption;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.store.StoreException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * Makes and finds the data keys of objects and uploads. Thread-safe.
 *
 * <p>An owner is the object a data key belongs to, in one text that no other object has: it opens for no other, so that
 * nobody can put the row of one object in the place of another.
 */
public final class ContentKeys {
    private static final String CUSTOMER = "coffer customer key 1";
    private static final String CUSTOMER_CHECK = "coffer customer key check 1";

    /** What reads of encrypted blobs take together is at most this part of the heap. */
    private static final int READS_SHARE = 16;

    private final KeyService service;
    private final SecureRandom random;
    private final ChunkBuffers buffers = new ChunkBuffers(Runtime.getRuntime().maxMemory() / READS_SHARE);

    public ContentKeys(KeyService service, SecureRandom random) {
        this.service = service;
        this.random = random;
    }

    /**
     * Makes the key of a new object or upload.
     *
     * @throws CosException {@code KmsKeyNotExist}, {@code KmsKeyDisabled}
     */
    public ContentKey begin(EncryptionRequest request, String owner) {
        return switch (request) {
            case EncryptionRequest.None _ -> ContentKey.NONE;
            case EncryptionRequest.SseCos _ -> {
                DataKey key = service.create(service.defaultKeyId(), context("", owner));
                yield own(new Encryption.SseCos(key.wrapped()), key.plain(), false);
            }
            case EncryptionRequest.SseKms kms -> {
                String keyId = kms.keyId().orElseGet(service::defaultKeyId);
                DataKey key = service.create(keyId, context(kms.context(), owner));
                yield own(new Encryption.SseKms(key.wrapped(), kms.context()), key.plain(), !kms.byDefault());
            }
            case EncryptionRequest.SseC(CustomerKey key) -> {
                Salt salt = Salt.random(random);
                yield customers(new Encryption.SseC(salt, check(key, salt)), key);
            }
        };
    }

    /**
     * Finds the key of what is stored. Its ETags are the MD5 but under a customer's key: a part of an upload does not say
     * that it wants SSE-KMS, so the Java SDK compares them.
     *
     * @param given the key the request brought
     * @throws CosException {@code SsecDecryptHeaderInvalid} if a customer's key is needed and not the one given,
     *     {@code InvalidRequest} if one is given and none is needed; {@code KmsKeyNotExist}, {@code KmsKeyDisabled}
     * @throws StoreException {@code CORRUPT} if the key does not open
     */
    public ContentKey open(Encryption encryption, Optional<CustomerKey> given, String owner) {
        if (given.isPresent() && !(encryption instanceof Encryption.SseC)) {
            throw CosError.INVALID_REQUEST.because(
                    "The object is not encrypted with a key of yours: leave the customer-key headers away.");
        }
        return switch (encryption) {
            case Encryption.None _ -> ContentKey.NONE;
            case Encryption.SseCos(WrappedKey key) -> own(encryption, service.unwrap(key, context("", owner)), false);
            case Encryption.SseKms(WrappedKey key, String context) ->
                own(encryption, service.unwrap(key, context(context, owner)), false);
            case Encryption.SseC sse -> {
                CustomerKey key = given.orElseThrow(CosError.SSEC_DECRYPT_HEADER_INVALID::exception);
                if (!MessageDigest.isEqual(sse.check(), check(key, sse.salt()))) {
                    throw CosError.SSEC_DECRYPT_HEADER_INVALID.exception();
                }
                yield customers(sse, key);
            }
        };
    }

    /**
     * Looks whether what a bucket is to ask for can be done.
     *
     * @throws CosException {@code KmsKeyNotExist}, {@code KmsKeyDisabled}
     */
    public void require(BucketEncryption bucketDefault) {
        bucketDefault.keyId().ifPresent(service::require);
    }

    /** The client's context is base64, so it ends at the first line break, whatever the owner is called. */
    private static String context(String clients, String owner) {
        return clients + "\n" + owner;
    }

    private static byte[] dataKey(CustomerKey key, Salt salt) {
        return Derivation.derive(key.bytes(), CUSTOMER, salt.bytes());
    }

    private static byte[] check(CustomerKey key, Salt salt) {
        return Derivation.derive(key.bytes(), CUSTOMER_CHECK, salt.bytes());
    }

    private ContentKey own(Encryption encryption, byte[] dataKey, boolean hidesMd5) {
        return new ContentKey(encryption, new EncryptedContent(dataKey, hidesMd5, random, buffers), Optional.empty());
    }

    private ContentKey customers(Encryption.SseC encryption, CustomerKey key) {
        ContentCipher cipher = new EncryptedContent(dataKey(key, encryption.salt()), true, random, buffers);
        return new ContentKey(encryption, cipher, Optional.of(key));
    }
}
