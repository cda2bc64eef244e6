package coffer.select.value;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A point in time as precise as it was written. Source: COS docs, "SELECT Overview", "timestamp"; the formats are those of
 * W3C.
 *
 * @param at the time, the parts that were not written being the least
 * @param precision the smallest part that was written: year, month, day, minute or second
 */
public record Timestamp(OffsetDateTime at, DatePart precision) implements Comparable<Timestamp> {
    private static final Pattern FORM = Pattern.compile("(\\d{4})(?:T|-(\\d\\d)(?:T|-(\\d\\d)"
            + "(?:T(?:(\\d\\d):(\\d\\d)(?::(\\d\\d)(?:\\.(\\d{1,9})\\d*)?)?(Z|[+-]\\d\\d:\\d\\d)?)?)?)?)");
    private static final int MAX_CHARS = 64;
    private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mmXXX", Locale.ROOT);
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssXXX", Locale.ROOT);
    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX", Locale.ROOT);
    private static final DateTimeFormatter NANOS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSSSSXXX", Locale.ROOT);
    private static final int NANOS_A_MILLI = 1_000_000;

    /** To the nanosecond, in UTC. */
    public static Timestamp of(Instant instant) {
        return new Timestamp(instant.atOffset(ZoneOffset.UTC), DatePart.SECOND);
    }

    /** The timestamp that a text is. */
    public static Optional<Timestamp> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (text.length() > MAX_CHARS || !form.matches()) {
            return Optional.empty();
        }
        try {
            OffsetDateTime at = OffsetDateTime.of(
                    number(form, 1, 1),
                    number(form, 2, 1),
                    number(form, 3, 1),
                    number(form, 4, 0),
                    number(form, 5, 0),
                    number(form, 6, 0),
                    nanos(form),
                    form.group(8) == null ? ZoneOffset.UTC : ZoneOffset.of(form.group(8)));
            return Optional.of(new Timestamp(at, precision(form)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static int number(Matcher form, int group, int least) {
        String digits = form.group(group);
        return digits == null ? least : Integer.parseInt(digits);
    }

    private static int nanos(Matcher form) {
        String digits = form.group(7);
        return digits == null ? 0 : Integer.parseInt((digits + "00000000").substring(0, 9));
    }

    private static DatePart precision(Matcher form) {
        if (form.group(6) != null) {
            return DatePart.SECOND;
        }
        if (form.group(4) != null) {
            return DatePart.MINUTE;
        }
        if (form.group(3) != null) {
            return DatePart.DAY;
        }
        return form.group(2) == null ? DatePart.YEAR : DatePart.MONTH;
    }

    /** This time so many parts later; at least as precise as the part. */
    public Timestamp plus(DatePart part, long count) {
        DatePart least = part == DatePart.HOUR ? DatePart.MINUTE : part;
        return new Timestamp(at.plus(count, part.unit()), precision.compareTo(least) > 0 ? precision : least);
    }

    /** How many whole parts lie from this time to another one. */
    public long until(DatePart part, Timestamp other) {
        return part.unit().between(at, other.at);
    }

    @Override
    public int compareTo(Timestamp other) {
        return at.toInstant().compareTo(other.at.toInstant());
    }

    /** As W3C writes it. */
    @Override
    public String toString() {
        return switch (precision) {
            case YEAR -> "%04dT".formatted(at.getYear());
            case MONTH -> "%04d-%02dT".formatted(at.getYear(), at.getMonthValue());
            case DAY -> at.toLocalDate().toString();
            case HOUR, MINUTE -> MINUTES.format(at);
            default -> {
                if (at.getNano() == 0) {
                    yield SECONDS.format(at);
                }
                yield (at.getNano() % NANOS_A_MILLI == 0 ? MILLIS : NANOS).format(at);
            }
        };
    }
}
