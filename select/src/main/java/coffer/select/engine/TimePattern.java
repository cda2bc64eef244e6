package coffer.select.engine;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.select.value.Timestamp;
import java.time.DateTimeException;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Set;

/** A pattern of {@code TO_STRING}. Source: COS docs, "SELECT Overview", "TO_STRING". */
final class TimePattern {
    private static final Set<String> LETTERS = Set.of(
            "yy", "y", "yyyy", "M", "MM", "MMM", "MMMM", "MMMMM", "d", "dd", "a", "h", "hh", "H", "HH", "m", "mm", "s",
            "ss", "n", "X", "XX", "XXX", "XXXX", "XXXXX", "x", "xx", "xxx", "xxxx", "xxxxx");
    private static final int MAX_FRACTION = 9;

    private final DateTimeFormatter formatter;

    private TimePattern(DateTimeFormatter formatter) {
        this.formatter = formatter;
    }

    /**
     * Reads a pattern.
     *
     * @throws CosException {@code EvaluatorInvalidArguments}
     */
    static TimePattern of(String text) {
        try {
            return new TimePattern(DateTimeFormatter.ofPattern(checked(text), Locale.ENGLISH));
        } catch (IllegalArgumentException e) {
            throw wrong(text);
        }
    }

    /** The letters mean the same to Java, where there are more of them. */
    private static String checked(String text) {
        StringBuilder java = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            int end = at + 1;
            if (c == '\'') {
                end = text.indexOf('\'', at + 1) + 1;
                if (end == 0) {
                    throw wrong(text);
                }
            } else if (isLetter(c)) {
                while (end < text.length() && text.charAt(end) == c) {
                    end++;
                }
                boolean isKnown = c == 'S' ? end - at <= MAX_FRACTION : LETTERS.contains(text.substring(at, end));
                if (!isKnown) {
                    throw wrong(text);
                }
            }
            boolean isReserved = "[]{}#".indexOf(c) >= 0;
            String piece = text.substring(at, end).replace('y', 'u');
            java.append(isReserved ? "'" + piece + "'" : c == '\'' ? text.substring(at, end) : piece);
            at = end;
        }
        return java.toString();
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static CosException wrong(String text) {
        return CosError.EVALUATOR_INVALID_ARGUMENTS.because("'" + text + "' is no pattern of TO_STRING.");
    }

    String format(Timestamp timestamp) {
        try {
            return formatter.format(timestamp.at());
        } catch (DateTimeException e) {
            throw CosError.EVALUATOR_INVALID_ARGUMENTS.because("A timestamp does not go with its pattern.");
        }
    }
}
