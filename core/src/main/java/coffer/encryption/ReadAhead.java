package coffer.encryption;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Chunks that a reader will want next, read and decrypted beside him: what they cost and what sending them costs then takes
 * place at the same time. As far as he read without a gap they are read ahead, so that what is read in vain is at most as
 * much again. Not thread-safe but for the threads of its own.
 */
final class ReadAhead {
    /** A hand-over between threads takes a tenth of what decrypting so many takes. */
    private static final int CHUNKS = 4;

    private static final int STRETCHES = 2;

    private final Supplier<ChunkReader> readers;
    private final ChunkBuffers buffers;
    private final long chunks;
    private final ArrayDeque<Stretch> underWay = new ArrayDeque<>();
    private final ArrayDeque<ChunkReader> idle = new ArrayDeque<>();

    /** The first chunk that is not under way. */
    private long next;

    private boolean hasFailed;

    /** @param chunks how many there are */
    ReadAhead(Supplier<ChunkReader> readers, ChunkBuffers buffers, long chunks) {
        this.readers = readers;
        this.buffers = buffers;
        this.chunks = chunks;
    }

    /** Chunks one after another; each is read into the buffer behind its own, and decrypted from there. */
    private record Stretch(long first, int count, byte[][] buffers, ChunkReader reader, CompletableFuture<Void> done) {
        boolean holds(long number) {
            return number >= first && number < first + count;
        }

        /** Waits for all of them. */
        boolean isGood() {
            return done.handle((_, failure) -> failure == null).join();
        }
    }

    /**
     * A chunk, decrypted, until {@link #passed}.
     *
     * @return empty if it is not read ahead, or could not be: who reads it himself learns why
     */
    Optional<byte[]> find(long number) {
        Stretch first = underWay.peek();
        if (first == null) {
            return Optional.empty();
        }
        if (!first.holds(number) || !first.isGood()) {
            hasFailed |= first.holds(number);
            release();
            return Optional.empty();
        }
        return Optional.of(first.buffers[(int) (number - first.first)]);
    }

    /** Gives up chunks that were read to their end. */
    void passed(long number) {
        Stretch first = underWay.peek();
        if (first != null && first.first + first.count <= number + 1) {
            end(underWay.remove());
        }
    }

    /**
     * Reads on as far as there is reason and memory to.
     *
     * @param number the first chunk that the reader will look for here
     * @param runBytes how much he read without a gap
     */
    void begin(long number, long runBytes) {
        next = underWay.isEmpty() ? number : next;
        long wanted = Math.min(STRETCHES, runBytes / (CHUNKS * ChunkCipher.PLAIN_BYTES));
        while (!hasFailed && underWay.size() < wanted && next < chunks) {
            int count = (int) Math.min(CHUNKS, chunks - next);
            Optional<byte[][]> taken = buffers.takeSpare(count + 1);
            if (taken.isEmpty()) {
                return;
            }
            underWay.add(start(next, count, taken.get()));
            next += count;
        }
    }

    private Stretch start(long first, int count, byte[][] into) {
        ChunkReader reader = idle.isEmpty() ? readers.get() : idle.remove();
        CompletableFuture<Void> done = CompletableFuture.runAsync(
                () -> {
                    for (int i = 0; i < count; i++) {
                        reader.read(first + i, into[i + 1], into[i], 0);
                    }
                },
                task -> Thread.startVirtualThread(task));
        return new Stretch(first, count, into, reader, done);
    }

    /** Gives all back, once nothing is being read any more. */
    void release() {
        while (!underWay.isEmpty()) {
            end(underWay.remove());
        }
    }

    private void end(Stretch stretch) {
        boolean _ = stretch.isGood();
        idle.add(stretch.reader);
        for (byte[] buffer : stretch.buffers) {
            buffers.giveBack(buffer);
        }
    }
}
