package coffer.select.sql;

import java.util.Locale;
import java.util.OptionalInt;

/**
 * The name of a field as a query writes it.
 *
 * @param quoted whether its case counts
 */
public record Name(String text, boolean quoted) {
    private static final int MAX_DIGITS = 6;

    /** Whether a field of this name is meant. */
    public boolean matches(String field) {
        return quoted ? text.equals(field) : text.equalsIgnoreCase(field);
    }

    /** Of {@code _1} and so on, which field of a record is meant, from 0. */
    public OptionalInt position() {
        boolean isPosition = !quoted
                && text.length() > 1
                && text.length() <= MAX_DIGITS
                && text.charAt(0) == '_'
                && text.chars().skip(1).allMatch(c -> c >= '0' && c <= '9');
        int number = isPosition ? Integer.parseInt(text.substring(1)) : 0;
        return number > 0 ? OptionalInt.of(number - 1) : OptionalInt.empty();
    }

    /** What is the same for two names of one field. */
    String key() {
        return quoted ? "\"" + text : text.toLowerCase(Locale.ROOT);
    }
}
