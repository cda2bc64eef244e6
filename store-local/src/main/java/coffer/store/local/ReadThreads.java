package coffer.store.local;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Reads that may have to wait for the disk. A virtual thread that does so keeps its carrier, which may have a thousand
 * connections to serve; a thread of our own costs a hand-over, more than a read from memory takes. So reads are done
 * where they are asked for while they are quick, and here while they are not. Thread-safe.
 */
final class ReadThreads implements AutoCloseable {
    /** A read from memory takes 2 to 10 microseconds, one from a disk 80 and more. */
    private static final long QUICK_NANOS = 50_000;

    /** How many of the last reads count, about; a power of two. */
    private static final int WINDOW = 16;

    /** As many reads as a disk can order among themselves. */
    private static final int MAX_THREADS = 64;

    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            MAX_THREADS,
            MAX_THREADS,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().name("coffer-read-", 1).daemon().factory());

    /** How long a read took lately. Updates may get lost, which does no harm. */
    private volatile long usualNanos;

    ReadThreads() {
        threads.allowCoreThreadTimeOut(true);
    }

    /** Reads, here or elsewhere; throws what {@code read} throws. */
    <T> T run(Supplier<T> read) {
        if (usualNanos < QUICK_NANOS || !Thread.currentThread().isVirtual()) {
            return timed(read);
        }
        Future<T> elsewhere = threads.submit(() -> timed(read));
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return elsewhere.get();
                } catch (InterruptedException e) {
                    // The read goes on and may still use what the caller gave it.
                    interrupted = true;
                }
            }
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw new IllegalStateException(e);
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private <T> T timed(Supplier<T> read) {
        long begun = System.nanoTime();
        try {
            return read.get();
        } finally {
            long nanos = System.nanoTime() - begun;
            long usual = usualNanos;
            usualNanos = usual + (nanos - usual) / WINDOW;
        }
    }

    /** Reads under way end by themselves. */
    @Override
    public void close() {
        threads.shutdown();
    }
}
