package coffer.lifecycle;

import java.time.Duration;
import java.time.Instant;

/**
 * The days that rules count in. What a rule says of an object is due at the first midnight after its days have gone by;
 * midnight is that of +08:00. Source: COS docs, "Lifecycle Overview".
 *
 * @param length of a day: 24 hours, but for who wants to watch
 */
public record LifecycleDays(Duration length) {
    /** Days of 24 hours. */
    public static final LifecycleDays REAL = new LifecycleDays(Duration.ofDays(1));

    private static final long EAST_MILLIS = Duration.ofHours(8).toMillis();

    public LifecycleDays {
        if (length.toMillis() < 1) {
            throw new IllegalArgumentException("a day has a length");
        }
    }

    /**
     * When a rule is due.
     *
     * @param from when what it counts from happened
     * @param days from 0
     */
    public Instant due(Instant from, int days) {
        Instant gone = from.plusMillis(days * length.toMillis());
        Instant begin = begin(gone);
        return begin.equals(gone) ? gone : begin.plus(length);
    }

    /** When the day began that a time is in. */
    public Instant begin(Instant time) {
        long millis = time.toEpochMilli();
        return Instant.ofEpochMilli(millis - Math.floorMod(millis + EAST_MILLIS, length.toMillis()));
    }

    /** When the next day begins. */
    public Instant next(Instant time) {
        return begin(time).plus(length);
    }
}
