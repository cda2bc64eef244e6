package coffer.object;

import coffer.api.CosError;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Bounds the memory that all bodies being received take together. The more of it is taken, the smaller are the buffers
 * given out; who finds none waits, and so does its client, and is told to slow down in the end. Thread-safe.
 */
final class BodyMemory {
    /** Longer than any body takes that moves at all, shorter than clients wait for an answer. */
    private static final int WAIT_SECONDS = 10;

    private static final int UNIT_BYTES = 1024;

    /** One buffer takes at most this share of what is left. */
    private static final int SHARES = 8;

    private final Semaphore freeUnits;
    private final int totalUnits;

    /** @param totalBytes how much bodies may take; a single one may take it all */
    BodyMemory(long totalBytes) {
        totalUnits = (int) Math.min(Integer.MAX_VALUE, totalBytes / UNIT_BYTES);
        // In order of arrival: else large bodies would wait for as long as small ones come.
        freeUnits = new Semaphore(totalUnits, true);
    }

    /**
     * Waits for a share.
     *
     * @param count how many buffers of one length are wanted
     * @param mostBytes the length they should have
     * @param leastBytes the length they must have
     * @param moreBytes what is wanted beside them
     * @throws coffer.api.CosException {@code SlowDown} if there is none for ten seconds
     */
    Share take(int count, int mostBytes, int leastBytes, int moreBytes) {
        long fair = (long) freeUnits.availablePermits() * UNIT_BYTES / SHARES / count;
        int bytes = mostBytes;
        while (bytes > fair && bytes / 2 >= leastBytes) {
            bytes /= 2;
        }
        int units = Math.min(totalUnits, count * Math.ceilDiv(bytes, UNIT_BYTES) + Math.ceilDiv(moreBytes, UNIT_BYTES));
        try {
            if (units > 0
                    && !freeUnits.tryAcquire(units)
                    && !freeUnits.tryAcquire(units, WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw CosError.SLOW_DOWN.because("The server receives more than it has memory for; try again later.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CosError.SERVICE_UNAVAILABLE.because("The server is stopping.");
        }
        return new Share(this, units, bytes);
    }

    /**
     * Memory taken.
     *
     * @param bytes the length of each buffer
     */
    record Share(BodyMemory memory, int units, int bytes) implements AutoCloseable {
        @Override
        public void close() {
            memory.freeUnits.release(units);
        }
    }
}
