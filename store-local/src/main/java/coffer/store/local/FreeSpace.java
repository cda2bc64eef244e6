package coffer.store.local;

import coffer.store.Trouble;
import java.util.Optional;
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

    long reservedBytes() {
        return reservedBytes;
    }

    /** See {@link coffer.store.Engine#trouble}. */
    Optional<Trouble> trouble() {
        return isUsedUp()
                ? Optional.of(new Trouble(
                        Trouble.Kind.FULL,
                        "No space is left on the disk of the data folder: delete objects or give it more space. Reads and"
                                + " deletes go on."))
                : Optional.empty();
    }

    private Reading take() {
        return new Reading(System.nanoTime(), usableBytes.getAsLong() < reservedBytes);
    }
}
