package coffer.encryption;

import coffer.store.Blob;
import coffer.store.StoreException;
import java.nio.ByteBuffer;

/** Reads chunks of an encrypted blob and decrypts them. Not thread-safe. */
final class ChunkReader {
    private final Blob stored;
    private final long lengthBytes;
    private final ChunkCipher cipher;

    /** @param lengthBytes how long the blob was before */
    ChunkReader(Blob stored, long lengthBytes, ChunkCipher cipher) {
        this.stored = stored;
        this.lengthBytes = lengthBytes;
        this.cipher = cipher;
    }

    /** How many chunks there are. */
    static long chunks(long lengthBytes) {
        return Math.ceilDiv(lengthBytes, ChunkCipher.PLAIN_BYTES);
    }

    /** How many bytes a chunk holds. */
    int lengthBytes(long number) {
        return (int) Math.min(ChunkCipher.PLAIN_BYTES, lengthBytes - number * ChunkCipher.PLAIN_BYTES);
    }

    /**
     * Reads a chunk.
     *
     * @param chunk where it is read to, as it is stored
     * @param out where it is decrypted to: another array, since the Java platform would make one and copy it
     * @throws StoreException {@code CORRUPT} if it is not what was written
     */
    void read(long number, byte[] chunk, byte[] out, int at) {
        int length = lengthBytes(number) + ChunkCipher.TAG_BYTES;
        ByteBuffer bytes = ByteBuffer.wrap(chunk, 0, length);
        long from = number * ChunkCipher.STORED_BYTES;
        while (bytes.hasRemaining()) {
            if (stored.read(from + bytes.position(), bytes) <= 0) {
                throw new StoreException(StoreException.Reason.CORRUPT, "encrypted bytes end too early");
            }
        }
        cipher.open(number, number + 1 == chunks(lengthBytes), chunk, 0, length, out, at);
    }
}
