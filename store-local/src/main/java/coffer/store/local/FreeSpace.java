package coffer.store.local;

import java.util.function.LongSupplier;

/** Whether there is room for more, asked before each write: the file system is asked only now and then. Thread-safe. */
final class FreeSpace {
    /** Nobody writes the reserve full within this time. */
    private static final long FRESH_NANOS = 20_000_000;

    private final LongSupplier usableBytes;
    private final long reservedBytes;
    private volatile Reading last;

    private record Reading(long takenNanos, boolean full) {}

    FreeSpace(LongSupplier usableBytes, long reservedBytes) {
        this.usableBytes = usableBytes;
        this.reservedBytes = reservedBytes;
        this.last = take();
    }

    /** Whether less is left than deletes and the log itself may need. */
    boolean isUsedUp() {
        Reading reading = last;
        if (System.nanoTime() - reading.takenNanos > FRESH_NANOS) {
            reading = take();
            last = reading;
        }
        return reading.full;
    }

    private Reading take() {
        return new Reading(System.nanoTime(), usableBytes.getAsLong() < reservedBytes);
    }
}
