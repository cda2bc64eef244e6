package coffer.encryption;

import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;

/**
 * Bounds the memory that all who read encrypted blobs take for the chunks under their hands. Thread-safe.
 *
 * <p>Who reads waits for one, briefly, since nobody waits for a client or for another one meanwhile. Who has read may keep
 * his for the next stretch, and have some more to read ahead, as long as half of them are free.
 */
final class ChunkBuffers {
    private static final int LEAST = 8;

    private final ConcurrentLinkedDeque<byte[]> idle = new ConcurrentLinkedDeque<>();
    private final Semaphore free;
    private final int count;

    /** @param totalBytes how much memory they may take together */
    ChunkBuffers(long totalBytes) {
        count = Math.clamp(totalBytes / ChunkCipher.STORED_BYTES, LEAST, Integer.MAX_VALUE);
        free = new Semaphore(count, true);
    }

    /**
     * Takes some of {@link ChunkCipher#STORED_BYTES} with whatever was in them.
     *
     * @param buffers 2 at most: who keeps one may wait for another one, since half of them are never kept
     */
    byte[][] take(int buffers) {
        free.acquireUninterruptibly(buffers);
        return taken(buffers);
    }

    /** As many, unless fewer than half would be left to the others. */
    Optional<byte[][]> takeSpare(int buffers) {
        if (!free.tryAcquire(buffers)) {
            return Optional.empty();
        }
        if (!mayBeKept()) {
            free.release(buffers);
            return Optional.empty();
        }
        return Optional.of(taken(buffers));
    }

    private byte[][] taken(int buffers) {
        byte[][] taken = new byte[buffers][];
        for (int i = 0; i < buffers; i++) {
            taken[i] = buffer();
        }
        return taken;
    }

    private byte[] buffer() {
        byte[] buffer = idle.pollFirst();
        return buffer == null ? new byte[ChunkCipher.STORED_BYTES] : buffer;
    }

    /** Gives one back. */
    void giveBack(byte[] buffer) {
        idle.addFirst(buffer);
        free.release();
    }

    /** Whether what is taken may be kept while nobody reads. */
    boolean mayBeKept() {
        return free.availablePermits() >= count / 2;
    }

    /** How many are taken. */
    int taken() {
        return count - free.availablePermits();
    }
}
