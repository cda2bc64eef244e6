package coffer.select.value;

import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Numbers as they are written: without a point they are integers of 64 bits if they fit, with one decimals, with an
 * exponent binary floating point, as an exact one could be of any length.
 */
public final class NumberText {
    /** Longer texts are not taken for numbers: computing with them would take any time. */
    private static final int MAX_CHARS = 100;

    /** So many digits fit into a long. */
    private static final int LONG_DIGITS = 18;

    private NumberText() {}

    /** The number that a text is, blanks around it left out; a {@link Long}, {@link BigDecimal} or {@link Double}. */
    public static Optional<Object> parse(String text) {
        return Optional.ofNullable(number(text.strip()));
    }

    private static @Nullable Object number(String text) {
        int form = form(text);
        if (form < 0) {
            return null;
        }
        if (form == EXPONENT) {
            double value = Double.parseDouble(text);
            return Double.isInfinite(value) ? null : value;
        }
        if (form == POINT) {
            return new BigDecimal(text);
        }
        if (text.length() <= LONG_DIGITS) {
            return Long.parseLong(text);
        }
        BigDecimal exact = new BigDecimal(text);
        boolean isLong =
                exact.precision() <= LONG_DIGITS + 1 && exact.compareTo(BigDecimal.valueOf(exact.longValue())) == 0;
        return isLong ? (Object) exact.longValue() : exact;
    }

    private static final int INTEGER = 0;
    private static final int POINT = 1;
    private static final int EXPONENT = 2;

    /** What kind of number a text is; negative for none. */
    private static int form(String text) {
        int length = text.length();
        int at = length > 0 && (text.charAt(0) == '-' || text.charAt(0) == '+') ? 1 : 0;
        if (length > MAX_CHARS) {
            return -1;
        }
        int end = digits(text, at);
        int count = end - at;
        at = end;
        int form = INTEGER;
        if (at < length && text.charAt(at) == '.') {
            form = POINT;
            end = digits(text, at + 1);
            count += end - at - 1;
            at = end;
        }
        if (count == 0) {
            return -1;
        }
        if (at < length && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            form = EXPONENT;
            at++;
            at += at < length && (text.charAt(at) == '-' || text.charAt(at) == '+') ? 1 : 0;
            end = digits(text, at);
            if (end == at) {
                return -1;
            }
            at = end;
        }
        return at == length ? form : -1;
    }

    private static int digits(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }

    /** As {@link #parse}, of bytes; null if they are no number. Short ones are read without making a text of them. */
    static @Nullable Object parse(byte[] bytes, int from, int to) {
        int at = from;
        boolean negative = at < to && bytes[at] == '-';
        if (negative) {
            at++;
        }
        int begin = at;
        int point = -1;
        long value = 0;
        while (at < to) {
            byte b = bytes[at];
            if (b >= '0' && b <= '9') {
                value = value * 10 + (b - '0');
            } else if (b == '.' && point < 0) {
                point = at;
            } else {
                break;
            }
            at++;
        }
        int digits = at - begin - (point < 0 ? 0 : 1);
        if (at < to || digits == 0 || digits > LONG_DIGITS) {
            boolean isNone = to - from > 2 * MAX_CHARS || (at < to && bytes[at] > 'e');
            return isNone ? null : number(Utf8.lenient(bytes, from, to).strip());
        }
        long signed = negative ? -value : value;
        return point < 0 ? (Object) signed : BigDecimal.valueOf(signed, to - point - 1);
    }
}
