package coffer.http;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much of all bodies waits in memory, on its way in or out: the more it is, the less one of them may have.
 * Thread-safe.
 */
final class QueuedBytes {
    /** However much waits, this part of what one body may have at most is left to each. */
    private static final int LEAST_PART = 32;

    /** One body may take this share of what is left. */
    private static final int SHARES = 8;

    private final AtomicLong bytes = new AtomicLong();
    private final long totalBytes;
    private final int mostBytes;

    QueuedBytes(long totalBytes, int mostBytes) {
        this.totalBytes = totalBytes;
        this.mostBytes = mostBytes;
    }

    void add(long change) {
        long _ = bytes.addAndGet(change);
    }

    /** How much of one body may wait now. */
    long limitOfOne() {
        return Math.clamp((totalBytes - bytes.get()) / SHARES, mostBytes / LEAST_PART, mostBytes);
    }
}
