package coffer.encryption;

import coffer.store.StoreException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;

/**
 * Seals short records that travel through hands nobody trusts. Whoever has the key opens them, without asking anybody.
 * Thread-safe.
 *
 * <pre>
 * format 1, salt 16, ciphertext, tag 16
 * </pre>
 *
 * <p>Each is encrypted under a key of its own, derived of this key, the purpose and the salt, as in
 * {@link MasterKeyService}.
 */
public final class SealingKey {
    /** Length of the key, in bytes. */
    public static final int KEY_BYTES = Derivation.KEY_BYTES;

    private static final byte FORMAT = 1;
    private static final int SALT_BYTES = 16;
    private static final int HEAD_BYTES = 1 + SALT_BYTES;

    /** All that {@link ChunkCipher} takes in one piece. */
    private static final int MAX_BYTES = ChunkCipher.PLAIN_BYTES;

    private final byte[] key;
    private final String purpose;
    private final SecureRandom random;

    /**
     * A key for one purpose.
     *
     * @param key {@link #KEY_BYTES} bytes nobody can guess
     * @param purpose what is sealed, with the number of its format; nothing sealed for another one opens
     */
    public SealingKey(byte[] key, String purpose, SecureRandom random) {
        this.key = key.clone();
        this.purpose = purpose;
        this.random = random;
    }

    /** Seals 1 to 65,520 bytes. */
    public byte[] seal(byte[] plain) {
        if (plain.length == 0 || plain.length > MAX_BYTES) {
            throw new IllegalArgumentException("a sealed record has 1 to " + MAX_BYTES + " bytes");
        }
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        byte[] sealed = new byte[HEAD_BYTES + plain.length + ChunkCipher.TAG_BYTES];
        sealed[0] = FORMAT;
        System.arraycopy(salt, 0, sealed, 1, SALT_BYTES);
        cipher(salt).seal(0, true, plain, 0, plain.length, sealed, HEAD_BYTES);
        return sealed;
    }

    /** What was sealed; empty if that is not what this key sealed for this purpose, to the bit. */
    public Optional<byte[]> open(byte[] sealed) {
        int plainBytes = sealed.length - HEAD_BYTES - ChunkCipher.TAG_BYTES;
        if (plainBytes <= 0 || plainBytes > MAX_BYTES || sealed[0] != FORMAT) {
            return Optional.empty();
        }
        byte[] plain = new byte[plainBytes];
        try {
            cipher(Arrays.copyOfRange(sealed, 1, HEAD_BYTES))
                    .open(0, true, sealed, HEAD_BYTES, sealed.length - HEAD_BYTES, plain, 0);
        } catch (StoreException e) {
            return Optional.empty();
        }
        return Optional.of(plain);
    }

    private ChunkCipher cipher(byte[] salt) {
        return new ChunkCipher(Derivation.derive(key, purpose, salt));
    }
}
