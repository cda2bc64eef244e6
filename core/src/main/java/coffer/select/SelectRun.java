package coffer.select;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.store.StoreException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * One query at work. It computes on a thread of its own, since the threads that carry requests are few; who answers the
 * request takes the result piece by piece. Nobody is interrupted: an interrupt would close files that others read.
 */
final class SelectRun implements SelectOutput {
    private static final int PIECE_BYTES = 64 * 1024;

    /** The result that waits takes at most this many pieces. */
    private static final int MAX_PIECES = 4;

    private static final long LOOK_MILLIS = 100;

    private final BlockingQueue<Signal> signals = new ArrayBlockingQueue<>(MAX_PIECES);
    private final LongAdder scanned = new LongAdder();
    private final long endNanos;
    private final byte[] piece = new byte[PIECE_BYTES];
    private int filled;
    private boolean begun;
    private long taken;
    private volatile boolean stopped;
    private volatile boolean flushWanted;
    private volatile long processed;
    private volatile long returned;

    /** @param duration how long it may take */
    SelectRun(Duration duration) {
        this.endNanos = System.nanoTime() + duration.toNanos();
    }

    /** What a query tells whoever answers. */
    sealed interface Signal {}

    /** A piece of the result. */
    record Piece(byte[] bytes) implements Signal {}

    /** There is no more. */
    record End(Optional<CosException> failure) implements Signal {}

    /** Runs the query to its end; on its own thread. */
    void run(SelectEngine.Query query, SelectInput input) {
        try {
            query.run(new Counted(input), this);
            flush();
            signal(new End(Optional.empty()));
        } catch (SelectStopped e) {
            // nobody is there to be told
        } catch (CosException e) {
            fail(e);
        } catch (StoreException e) {
            fail(CosError.INTERNAL_ERROR.causedBy(e));
        } catch (RuntimeException | Error e) {
            fail(CosError.INTERNAL_ERROR.causedBy(e));
        }
    }

    private void fail(CosException failure) {
        try {
            // What was selected before the failure goes out, unless the failure can be all of the answer.
            if (begun || flushWanted) {
                flush();
            }
            signal(new End(Optional.of(failure)));
        } catch (SelectStopped e) {
            // nobody is there to be told
        }
    }

    private final class Counted implements SelectInput {
        private final SelectInput input;

        Counted(SelectInput input) {
            this.input = input;
        }

        @Override
        public long lengthBytes() {
            return input.lengthBytes();
        }

        @Override
        public int read(long offset, ByteBuffer target) {
            check();
            int count = input.read(offset, target);
            scanned.add(count);
            return count;
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int lengthBytes) {
        int done = 0;
        while (done < lengthBytes) {
            int step = Math.min(lengthBytes - done, PIECE_BYTES - filled);
            System.arraycopy(bytes, offset + done, piece, filled, step);
            filled += step;
            done += step;
            if (filled == PIECE_BYTES) {
                flush();
            }
        }
    }

    @Override
    public void check() {
        if (stopped) {
            throw new SelectStopped();
        }
    }

    /** Called when there is time: a piece that does not fill up is not kept back longer than that. */
    @Override
    public void processed(long totalBytes) {
        processed = totalBytes;
        if (flushWanted) {
            flushWanted = false;
            flush();
        }
    }

    private void flush() {
        if (filled > 0) {
            begun = true;
            signal(new Piece(Arrays.copyOf(piece, filled)));
            filled = 0;
        }
    }

    private void signal(Signal signal) {
        try {
            do {
                check();
                if (System.nanoTime() - endNanos > 0) {
                    throw new SelectStopped();
                }
            } while (!signals.offer(signal, LOOK_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SelectStopped();
        }
        if (signal instanceof Piece(byte[] bytes)) {
            taken += bytes.length;
            returned = taken;
        }
    }

    /** Whether it has taken longer than it may. */
    boolean isOverdue() {
        return System.nanoTime() - endNanos > 0;
    }

    /** The next signal, or null if there is none for a while. */
    @Nullable
    Signal poll(Duration patience) {
        try {
            Signal signal = signals.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
            if (signal == null) {
                flushWanted = true;
            }
            return signal;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CosError.SERVICE_UNAVAILABLE.exception();
        }
    }

    /** Whether a signal waits. */
    boolean hasMore() {
        return !signals.isEmpty();
    }

    EventStream.Counts counts() {
        return new EventStream.Counts(scanned.sum(), processed, returned);
    }

    /** Has it end soon; it does no harm to one that has ended. */
    void stop() {
        stopped = true;
    }
}
