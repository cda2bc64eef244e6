package coffer.encryption;

import coffer.api.CosError;
import coffer.store.StoreException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/**
 * Wraps data keys with the {@link MasterKeys} of this server.
 *
 * <pre>
 * format 1, salt 16, ciphertext 32, tag 16
 * </pre>
 *
 * <p>Each is encrypted under a key of its own, derived of master key, key id, context and salt: one AES-GCM key with random
 * nonces would be worn out after 2^32 objects.
 */
public final class MasterKeyService implements KeyService {
    private static final String WRAP = "coffer data key 1";
    private static final byte FORMAT = 1;
    private static final int SALT_BYTES = 16;
    private static final int WRAPPED_BYTES = 1 + SALT_BYTES + Derivation.KEY_BYTES + ChunkCipher.TAG_BYTES;

    private final MasterKeys keys;
    private final KeyRegister register;
    private final SecureRandom random;

    public MasterKeyService(MasterKeys keys, KeyRegister register, SecureRandom random) {
        this.keys = keys;
        this.register = register;
        this.random = random;
    }

    @Override
    public String defaultKeyId() {
        return keys.activeId();
    }

    @Override
    public void require(String keyId) {
        byte[] _ = masterKey(keyId);
    }

    @Override
    public DataKey create(String keyId, String context) {
        byte[] plain = new byte[Derivation.KEY_BYTES];
        random.nextBytes(plain);
        return new DataKey(plain, wrap(plain, keyId, context));
    }

    private WrappedKey wrap(byte[] plain, String keyId, String context) {
        byte[] masterKey = masterKey(keyId);
        register.add(keyId);
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        byte[] wrapped =
                ByteBuffer.allocate(WRAPPED_BYTES).put(FORMAT).put(salt).array();
        cipher(masterKey, keyId, context, salt).seal(0, true, plain, 0, plain.length, wrapped, 1 + SALT_BYTES);
        return new WrappedKey(keyId, wrapped);
    }

    @Override
    public byte[] unwrap(WrappedKey key, String context) {
        byte[] masterKey = masterKey(key.keyId());
        byte[] wrapped = key.bytes();
        if (wrapped.length != WRAPPED_BYTES || wrapped[0] != FORMAT) {
            throw corrupt(key);
        }
        byte[] salt = new byte[SALT_BYTES];
        System.arraycopy(wrapped, 1, salt, 0, SALT_BYTES);
        byte[] plain = new byte[Derivation.KEY_BYTES];
        try {
            cipher(masterKey, key.keyId(), context, salt)
                    .open(0, true, wrapped, 1 + SALT_BYTES, WRAPPED_BYTES - 1 - SALT_BYTES, plain, 0);
        } catch (StoreException e) {
            throw corrupt(key);
        }
        return plain;
    }

    private byte[] masterKey(String keyId) {
        MasterKeys.Key key = keys.find(keyId)
                .orElseThrow(() -> CosError.KMS_KEY_NOT_EXIST.because(
                        "Invalid keyId '" + keyId + "': there is no such master key."));
        if (key.disabled()) {
            throw CosError.KMS_KEY_DISABLED.because("The master key '" + keyId + "' is disabled.");
        }
        return key.bytes();
    }

    /** No key id has a zero character and the salt has a length of its own, so the details join to one meaning only. */
    private static ChunkCipher cipher(byte[] masterKey, String keyId, String context, byte[] salt) {
        byte[] binding = (keyId + "\0" + context).getBytes(StandardCharsets.UTF_8);
        return new ChunkCipher(Derivation.derive(masterKey, WRAP, binding, salt));
    }

    private static StoreException corrupt(WrappedKey key) {
        return new StoreException(
                StoreException.Reason.CORRUPT,
                "a data key does not open with the master key '" + key.keyId() + "': it is not what was written");
    }
}
