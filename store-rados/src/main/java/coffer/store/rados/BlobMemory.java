package coffer.store.rados;

import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The memory that bytes of blobs take on their way, outside of the heap. What is under way to the cluster is bounded, and
 * what is read before it is asked for. Thread-safe.
 */
final class BlobMemory {
    private static final int UNIT_BYTES = Stripes.BLOCK_BYTES;
    private static final int MOST_BYTES = 256 * 1024 * 1024;

    private final Semaphore writing = new Semaphore(MOST_BYTES / UNIT_BYTES, true);
    private final Semaphore ahead = new Semaphore(MOST_BYTES / UNIT_BYTES);

    /** Buffers of one length that are used again and again. */
    static final class Buffers {
        private final int bytes;
        private final int most;
        private final Queue<ByteBuffer> free = new ConcurrentLinkedQueue<>();
        private final AtomicInteger count = new AtomicInteger();

        Buffers(int bytes, int most) {
            this.bytes = bytes;
            this.most = most;
        }

        /** An empty buffer. */
        ByteBuffer take() {
            ByteBuffer buffer = free.poll();
            if (buffer == null) {
                return ByteBuffer.allocateDirect(bytes);
            }
            count.decrementAndGet();
            return buffer.clear();
        }

        /** Gives a buffer back. */
        void give(ByteBuffer buffer) {
            if (count.incrementAndGet() > most) {
                count.decrementAndGet();
            } else {
                free.add(buffer);
            }
        }
    }

    /** For objects that are being filled. */
    final Buffers objects = new Buffers(Stripes.OBJECT_BYTES, 16);

    /** For what is read by the way. */
    final Buffers pieces = new Buffers(StripeReader.PIECE_BLOCKS * Stripes.BLOCK_BYTES, 64);

    /** For short reads. */
    final Buffers blocks = new Buffers(Stripes.BLOCK_BYTES, 256);

    private static int units(long bytes) {
        return (int) ((bytes + UNIT_BYTES - 1) / UNIT_BYTES);
    }

    /** Waits until so many bytes may be sent to the cluster. */
    void beginWrite(long bytes) {
        writing.acquireUninterruptibly(units(bytes));
    }

    /** Never blocks. */
    void endWrite(long bytes) {
        writing.release(units(bytes));
    }

    /** Whether so many bytes may be read before they are asked for. */
    boolean tryReadAhead(long bytes) {
        return ahead.tryAcquire(units(bytes));
    }

    /** Never blocks. */
    void endReadAhead(long bytes) {
        ahead.release(units(bytes));
    }
}
