package coffer.store.local;

import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Buffers for {@link DirectFiles}, used again: memory outside of the heap is slow to get and slower to give back. */
final class WriteBuffers {
    /** A write of this length costs the disk hardly more than its bytes. */
    static final int BYTES = 1024 * 1024;

    /** With very many writers at once, the later ones get buffers of this length. */
    private static final int SHORT_BYTES = 64 * 1024;

    private final int mostLong = (int) Math.max(4, Runtime.getRuntime().maxMemory() / 16 / BYTES);
    private final AtomicInteger madeLong = new AtomicInteger();
    private final Queue<ByteBuffer> idleLong = new ConcurrentLinkedQueue<>();
    private final Queue<ByteBuffer> idleShort = new ConcurrentLinkedQueue<>();

    /** An empty buffer of at most {@link #BYTES}, a multiple of the block size of disks. */
    ByteBuffer take() {
        ByteBuffer buffer = idleLong.poll();
        if (buffer == null && madeLong.incrementAndGet() <= mostLong) {
            return DirectFiles.buffer(BYTES);
        }
        if (buffer == null) {
            madeLong.decrementAndGet();
            buffer = idleShort.poll();
        }
        return buffer == null ? DirectFiles.buffer(SHORT_BYTES) : buffer.clear();
    }

    /** Gives a buffer back. */
    void give(ByteBuffer buffer) {
        boolean _ = (buffer.capacity() == BYTES ? idleLong : idleShort).add(buffer);
    }
}
