package coffer.api;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** The two ways COS writes time. */
public final class HttpDate {
    /** RFC 1123 with a two-digit day; the Java SDK's parser wants it so. */
    private static final DateTimeFormatter RFC_1123 = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private HttpDate() {}

    /** {@code Tue, 03 Feb 2026 01:02:03 GMT}. */
    public static String rfc1123(Instant time) {
        return RFC_1123.format(time);
    }

    /** {@code 2026-02-03T01:02:03Z}, in List Buckets and copy results. */
    public static String iso(Instant time) {
        return iso(time, "Z");
    }

    /** {@code 2026-02-03T01:02:03.000Z}, in listings: whole seconds, as COS keeps them. */
    public static String isoMillis(Instant time) {
        return iso(time, ".000Z");
    }

    /** By hand: a formatter takes half the time of a listing. */
    private static String iso(Instant time, String end) {
        LocalDateTime utc = LocalDateTime.ofEpochSecond(time.getEpochSecond(), 0, ZoneOffset.UTC);
        StringBuilder out = new StringBuilder(24).append(utc.getYear());
        two(out.append('-'), utc.getMonthValue());
        two(out.append('-'), utc.getDayOfMonth());
        two(out.append('T'), utc.getHour());
        two(out.append(':'), utc.getMinute());
        two(out.append(':'), utc.getSecond());
        return out.append(end).toString();
    }

    private static void two(StringBuilder out, int number) {
        out.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }

    /** Reads an RFC 1123 date; empty if it is none, as conditions with unreadable dates are ignored. */
    public static Optional<Instant> parse(String text) {
        try {
            return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text.strip())));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
