package coffer.object;

import coffer.checksum.Crc64;
import coffer.store.BlobWriter;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Writes buffers to a blob and into a CRC-64 beside their owner, who hashes each of them meanwhile and fills the next: a
 * stream is as fast as its slowest hash. Two buffers take turns. Not thread-safe.
 */
final class BlobPipe implements AutoCloseable {
    private final BlobWriter writer;
    private final int bufferBytes;
    private final Crc64 crc64;
    private @Nullable ByteBuffer spare;
    private @Nullable ByteBuffer underWay;
    private CompletableFuture<Void> done = CompletableFuture.completedFuture(null);

    /** @param bufferBytes the length of each of the two buffers */
    BlobPipe(BlobWriter writer, Crc64 crc64, int bufferBytes) {
        this.writer = writer;
        this.bufferBytes = bufferBytes;
        this.crc64 = crc64;
    }

    /**
     * Begins to write what is left of a buffer, which must not change until {@link #spare} gives it back.
     *
     * @param known how much of it the CRC-64 has already
     * @throws coffer.store.StoreException if an earlier one could not be written
     */
    void put(ByteBuffer filled, int known) {
        await();
        spare = underWay;
        underWay = filled;
        ByteBuffer bytes = filled.duplicate();
        done = CompletableFuture.runAsync(
                () -> {
                    crc64.update(bytes.duplicate().position(bytes.position() + known));
                    writer.write(bytes);
                },
                BlobPipe::start);
    }

    private static void start(Runnable task) {
        Thread _ = Thread.startVirtualThread(task);
    }

    /** An empty buffer. */
    ByteBuffer spare() {
        ByteBuffer free = spare;
        spare = null;
        return free == null ? ByteBuffer.allocate(bufferBytes) : free.clear();
    }

    /**
     * Waits until all is written.
     *
     * @throws coffer.store.StoreException if it could not be
     */
    void await() {
        try {
            done.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** Waits until nothing is being written any more. */
    @Override
    public void close() {
        done.handle((_, _) -> true).join();
    }
}
