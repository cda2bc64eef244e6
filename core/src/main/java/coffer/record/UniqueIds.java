package coffer.record;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * Makes ids that no one makes again and that sort by the time they were made in, as clients that resume an upload take
 * the last one listed. Thread-safe if the generator of random numbers is.
 */
public final class UniqueIds {
    private static final int SEQUENCE_RANDOM_BITS = 12;

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

    /**
     * A positive number: microseconds since 1970, then 12 random bits.
     *
     * @param above a number that it must be above, whatever the clock says; it is so by chance then, lest a number come
     *     back that has been given up
     */
    public long nextSequence(long above) {
        int chance = random.nextInt(1 << SEQUENCE_RANDOM_BITS);
        long next = sequence(nextMicros()) | chance;
        return next > above ? next : above + 1 + chance;
    }

    /** The smallest number that {@link #nextSequence(long)} may have made at some time. */
    public static long sequence(long micros) {
        return micros << SEQUENCE_RANDOM_BITS;
    }

    private long nextMicros() {
        // Of several processes hardly any two have the same microsecond.
        long now = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
        return lastMicros.updateAndGet(last -> Math.max(last + 1, now));
    }
}
