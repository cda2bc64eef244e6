package coffer.http;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The value of the Date header, formatted once a second. Thread-safe. */
final class DateHeader {
    /** Two digits for the day, unlike {@link DateTimeFormatter#RFC_1123_DATE_TIME}. */
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final InstantSource clock;
    private volatile Second last = new Second(Long.MIN_VALUE, new byte[0]);

    private record Second(long number, byte[] text) {}

    DateHeader(InstantSource clock) {
        this.clock = clock;
    }

    /** The present second in ASCII; not to be changed. */
    byte[] now() {
        long number = Math.floorDiv(clock.millis(), 1000L);
        Second known = last;
        if (known.number != number) {
            known = new Second(
                    number, FORMAT.format(Instant.ofEpochSecond(number)).getBytes(StandardCharsets.US_ASCII));
            last = known;
        }
        return known.text;
    }
}
