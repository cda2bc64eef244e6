package coffer.background;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** The time in which a worker may work: paced, and over when it is paused or the server stops. Used by one thread. */
public final class Shift {
    /** What was not used of the pace a moment ago may be used now, but not what was not used for hours. */
    private static final long CREDIT_NANOS = 100_000_000;

    /** Shorter waits cost more than they spare; they add up to one. */
    private static final long LEAST_WAIT_NANOS = 5_000_000;

    private final long unitsPerSecond;
    private final BooleanSupplier over;

    /** Until when what was done so far takes at the pace allowed, by {@link System#nanoTime}. */
    private long paidUntilNanos = System.nanoTime();

    /**
     * A shift.
     *
     * @param unitsPerSecond from 1
     * @param over whether it is over; its thread is unparked when it becomes so
     */
    public Shift(long unitsPerSecond, BooleanSupplier over) {
        this.unitsPerSecond = unitsPerSecond;
        this.over = over;
    }

    /** Whether the worker is to keep how far it has come, and to return. */
    public boolean isOver() {
        return over.getAsBoolean();
    }

    /**
     * Waits until so much more may be done, or the shift is over.
     *
     * @param units from 0
     */
    public void pace(long units) {
        long now = System.nanoTime();
        paidUntilNanos = Math.max(paidUntilNanos, now - CREDIT_NANOS) + (long) (units * 1e9 / unitsPerSecond);
        long left = paidUntilNanos - now;
        if (left < LEAST_WAIT_NANOS) {
            return;
        }
        while (left > 0 && !isOver()) {
            LockSupport.parkNanos(this, left);
            left = paidUntilNanos - System.nanoTime();
        }
    }
}
