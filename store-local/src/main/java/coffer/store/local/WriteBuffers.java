package coffer.store.local;

import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;

/** Buffers for {@link DirectFiles}, used again: memory outside of the heap is slow to get and slower to give back. */
final class WriteBuffers {
    /** A write of this length costs the disk hardly more than its bytes. */
    static final int BYTES = 1024 * 1024;

    /** As many as wait for their next use. */
    private static final int IDLE = 32;

    private final ArrayBlockingQueue<ByteBuffer> idle = new ArrayBlockingQueue<>(IDLE);

    /** An empty buffer of {@link #BYTES}. */
    ByteBuffer take() {
        ByteBuffer buffer = idle.poll();
        return buffer == null ? DirectFiles.buffer(BYTES) : buffer.clear();
    }

    /** Gives a buffer back. */
    void give(ByteBuffer buffer) {
        boolean _ = idle.offer(buffer);
    }
}
