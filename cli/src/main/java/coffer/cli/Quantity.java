package coffer.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers as people write them. */
final class Quantity {
    private static final String UNLIMITED = "unlimited";
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,18})(|B|KiB|MiB|GiB|TiB|PiB)");
    private static final Pattern SPAN = Pattern.compile("([0-9]{1,9})([smhd])");
    private static final Map<String, Integer> SHIFTS =
            Map.of("B", 0, "KiB", 10, "MiB", 20, "GiB", 30, "TiB", 40, "PiB", 50);

    private Quantity() {}

    /** {@code 10GiB}, {@code 500} or {@code unlimited}, for which it is empty. */
    static OptionalLong limit(String option, String text) {
        if (text.equals(UNLIMITED)) {
            return OptionalLong.empty();
        }
        Matcher matcher = SIZE.matcher(text);
        if (!matcher.matches()) {
            throw Failure.usage(option + " is a number such as 500 or 10GiB, or unlimited, not '" + text + "'.");
        }
        long factor = 1L << SHIFTS.getOrDefault(matcher.group(2), 0);
        try {
            return OptionalLong.of(Math.multiplyExact(Long.parseLong(matcher.group(1)), factor));
        } catch (ArithmeticException e) {
            throw Failure.usage(option + " is too large: " + text + ".");
        }
    }

    /** {@code 12h}, {@code 30d} from now on, or a time such as {@code 2027-01-01T00:00:00Z}. */
    static Instant end(String option, String text, Instant now) {
        Matcher matcher = SPAN.matcher(text);
        if (matcher.matches()) {
            return now.plus(span(matcher));
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw Failure.usage(option + " is a time such as 12h, 30d or 2027-01-01T00:00:00Z, not '" + text + "'.");
        }
    }

    /** {@code 10m}. */
    static Duration span(String option, String text) {
        Matcher matcher = SPAN.matcher(text);
        if (!matcher.matches()) {
            throw Failure.usage(option + " is a time such as 600s, 10m or 1h, not '" + text + "'.");
        }
        return span(matcher);
    }

    private static Duration span(Matcher matcher) {
        long count = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(count);
            case "m" -> Duration.ofMinutes(count);
            case "h" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }
}
