package coffer.record;

import java.time.InstantSource;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * Makes ids that no one makes again and that sort by the time they were made in, as clients that resume an upload take
 * the last one listed. Thread-safe if the generator of random numbers is.
 */
public final class UniqueIds {
    private static final int SEQUENCE_RANDOM_BITS = 12;

    /** A leap of at most a quarter of a millisecond. */
    private static final int LEAP_BITS = 20;

    private final InstantSource clock;
    private final RandomGenerator random;
    private final AtomicLong lastMicros = new AtomicLong();

    public UniqueIds(InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    /** 48 characters of {@code [0-9a-f]}: 16 digits of microseconds since 1970, then 128 random bits. */
    public String next() {
        String digits = Long.toString(nextMicros());
        HexFormat hex = HexFormat.of();
        return "0".repeat(16 - digits.length())
                + digits
                + hex.toHexDigits(random.nextLong())
                + hex.toHexDigits(random.nextLong());
    }

    /** A positive number: microseconds since 1970, then 12 random bits. */
    public long nextSequence() {
        return sequence(nextMicros()) | random.nextInt(1 << SEQUENCE_RANDOM_BITS);
    }

    /**
     * The same, greater than another number. Where the clock went back it is taken at random above that one, as the next
     * after it may have been made before, and deleted.
     */
    public long nextSequence(long after) {
        long next = nextSequence();
        return next > after ? next : after + 1 + random.nextInt(1 << LEAP_BITS);
    }

    /** The smallest number that {@link #nextSequence} may have made at some time. */
    public static long sequence(long micros) {
        return micros << SEQUENCE_RANDOM_BITS;
    }

    private long nextMicros() {
        long now = clock.millis() * 1000;
        return lastMicros.updateAndGet(last -> Math.max(last + 1, now));
    }
}
