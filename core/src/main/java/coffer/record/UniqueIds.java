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
    private final InstantSource clock;
    private final RandomGenerator random;
    private final AtomicLong lastMicros = new AtomicLong();

    public UniqueIds(InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    /** 48 characters of {@code [0-9a-f]}: 16 digits of microseconds since 1970, then 128 random bits. */
    public String next() {
        long now = clock.millis() * 1000;
        long micros = lastMicros.updateAndGet(last -> Math.max(last + 1, now));
        String digits = Long.toString(micros);
        HexFormat hex = HexFormat.of();
        return "0".repeat(16 - digits.length())
                + digits
                + hex.toHexDigits(random.nextLong())
                + hex.toHexDigits(random.nextLong());
    }
}
