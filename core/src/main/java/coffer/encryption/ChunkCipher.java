package coffer.encryption;

import coffer.store.StoreException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts and decrypts the chunks of one extent by AES-256-GCM. Not thread-safe.
 *
 * <pre>
 * ciphertext 65,520, tag 16       each chunk but the last; 64 KiB, as the blocks that engines verify
 * ciphertext 1 to 65,520, tag 16  the last one; an extent without bytes has no chunk
 *
 * nonce: number of the chunk from 0 up, big endian 11; 1 if it is the last one, else 0
 * </pre>
 *
 * <p>So no chunk opens in another place, nor as the last one if it is not, nor under the key of another extent. Source:
 * "Online Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance" (Hoang, Reyhanitabar, Rogaway, Vizár),
 * construction STREAM, with the nonces of the file format age.
 */
final class ChunkCipher {
    static final int TAG_BYTES = 16;
    static final int STORED_BYTES = 64 * 1024;
    static final int PLAIN_BYTES = STORED_BYTES - TAG_BYTES;

    private static final int NONCE_BYTES = 12;

    private final SecretKeySpec key;
    private final Cipher cipher;
    private final ByteBuffer nonce = ByteBuffer.allocate(NONCE_BYTES);

    /** @param key of the extent, never used for another one: 32 bytes */
    ChunkCipher(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
        try {
            this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw impossible(e);
        }
    }

    /** How long an extent of so many bytes becomes. */
    static long storedBytes(long plainBytes) {
        return plainBytes + TAG_BYTES * Math.ceilDiv(plainBytes, PLAIN_BYTES);
    }

    /** The most bytes whose encrypted form has at most so many. */
    static long mostPlainBytes(long storedBytes) {
        long whole = storedBytes / STORED_BYTES;
        return whole * PLAIN_BYTES + Math.max(0, storedBytes % STORED_BYTES - TAG_BYTES);
    }

    /**
     * Encrypts a chunk; {@link #TAG_BYTES} more come out than go in.
     *
     * @param out not the array that is read
     */
    void seal(long number, boolean last, byte[] in, int from, int length, byte[] out, int at) {
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key, parameters(number, last));
            int _ = cipher.doFinal(in, from, length, out, at);
        } catch (GeneralSecurityException e) {
            throw impossible(e);
        }
    }

    /**
     * Decrypts a chunk; {@link #TAG_BYTES} fewer come out than go in.
     *
     * @param out not the array that is read
     * @throws StoreException {@code CORRUPT} if it is not what was sealed; what {@code out} holds is of no use then
     */
    void open(long number, boolean last, byte[] in, int from, int length, byte[] out, int at) {
        try {
            cipher.init(Cipher.DECRYPT_MODE, key, parameters(number, last));
            int _ = cipher.doFinal(in, from, length, out, at);
        } catch (AEADBadTagException e) {
            throw new StoreException(
                    StoreException.Reason.CORRUPT, "encrypted bytes are not what was written (chunk " + number + ")");
        } catch (GeneralSecurityException e) {
            throw impossible(e);
        }
    }

    private GCMParameterSpec parameters(long number, boolean last) {
        nonce.putLong(3, number).put(NONCE_BYTES - 1, (byte) (last ? 1 : 0));
        return new GCMParameterSpec(8 * TAG_BYTES, nonce.array());
    }

    private static IllegalStateException impossible(GeneralSecurityException e) {
        return new IllegalStateException("the Java platform has AES-GCM, and its keys have 32 bytes", e);
    }
}
