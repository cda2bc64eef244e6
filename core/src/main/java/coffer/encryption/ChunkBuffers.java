package coffer.encryption;

import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;

/**
 * Bounds the memory that all who read encrypted blobs take for the chunks under their hands. Thread-safe.
 *
 * <p>Who reads waits for one, briefly, since nobody waits for a client or for another one meanwhile. Who has read may keep
 * his for the next stretch, as long as more than half of them are free.
 */
final class ChunkBuffers {
    private static final int LEAST = 8;

    private final ConcurrentLinkedDeque<byte[]> idle = new ConcurrentLinkedDeque<>();
    private final Semaphore free;
    private final int count;

    /** @param totalBytes how much memory they may take together */
    ChunkBuffers(long totalBytes) {
        count = (int) Math.clamp(totalBytes / ChunkCipher.STORED_BYTES, LEAST, Integer.MAX_VALUE);
        free = new Semaphore(count);
    }

    /** One of {@link ChunkCipher#STORED_BYTES} with whatever was in it. */
    byte[] take() {
        free.acquireUninterruptibly();
        byte[] buffer = idle.pollFirst();
        return buffer == null ? new byte[ChunkCipher.STORED_BYTES] : buffer;
    }

    /** Gives one back. */
    void giveBack(byte[] buffer) {
        idle.addFirst(buffer);
        free.release();
    }

    /** Whether one may be kept while nobody reads. */
    boolean mayBeKept() {
        return free.availablePermits() > count / 2;
    }

    /** How many are taken. */
    int taken() {
        return count - free.availablePermits();
    }
}
