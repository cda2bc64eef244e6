package coffer.access;

import coffer.address.IpRange;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/**
 * How a condition compares. Values of a policy are compiled when it is read. A value of a request that is not what the
 * operator compares, a word for a number, is equal to nothing. Source: COS docs, "Condition Keys"; CAM docs, "Condition
 * Keys and Condition Operators".
 */
enum Operator {
    STRING_EQUAL("string_equal", "a text", Operator::equalTo),
    STRING_NOT_EQUAL("string_not_equal", STRING_EQUAL),
    STRING_EQUAL_IGNORE_CASE("string_equal_ignore_case", "a text", wanted -> Optional.of(wanted::equalsIgnoreCase)),
    STRING_NOT_EQUAL_IGNORE_CASE("string_not_equal_ignore_case", STRING_EQUAL_IGNORE_CASE),
    STRING_LIKE("string_like", "a text", pattern -> Optional.of(Wildcard.of(pattern)::matches)),
    STRING_NOT_LIKE("string_not_like", STRING_LIKE),
    NUMERIC_EQUAL("numeric_equal", "a number", limit -> numeric(limit, order -> order == 0)),
    NUMERIC_NOT_EQUAL("numeric_not_equal", NUMERIC_EQUAL),
    NUMERIC_LESS_THAN("numeric_less_than", "a number", limit -> numeric(limit, order -> order < 0)),
    NUMERIC_LESS_THAN_EQUAL("numeric_less_than_equal", "a number", limit -> numeric(limit, order -> order <= 0)),
    NUMERIC_GREATER_THAN("numeric_greater_than", "a number", limit -> numeric(limit, order -> order > 0)),
    NUMERIC_GREATER_THAN_EQUAL("numeric_greater_than_equal", "a number", limit -> numeric(limit, order -> order >= 0)),
    DATE_EQUAL("date_equal", "a time", limit -> date(limit, order -> order == 0)),
    DATE_NOT_EQUAL("date_not_equal", DATE_EQUAL),
    DATE_LESS_THAN("date_less_than", "a time", limit -> date(limit, order -> order < 0)),
    DATE_LESS_THAN_EQUAL("date_less_than_equal", "a time", limit -> date(limit, order -> order <= 0)),
    DATE_GREATER_THAN("date_greater_than", "a time", limit -> date(limit, order -> order > 0)),
    DATE_GREATER_THAN_EQUAL("date_greater_than_equal", "a time", limit -> date(limit, order -> order >= 0)),
    BOOL_EQUAL("bool_equal", "true or false", Operator::bool),
    IP_EQUAL("ip_equal", "an address or a range", text -> IpRange.parse(text).map(range -> range::contains)),
    IP_NOT_EQUAL("ip_not_equal", IP_EQUAL),
    /** Compares with whether the key is absent, {@code true} or {@code false}. */
    NULL_EQUAL("null_equal", "true or false", Operator::bool);

    /** Longer numbers are refused, and so are exponents, that comparing them stays cheap. */
    private static final int MAX_DIGITS = 40;

    private final String wireName;
    private final String wanted;
    private final Function<String, Optional<Predicate<String>>> compiler;
    private final boolean isNegated;

    Operator(String wireName, String wanted, Function<String, Optional<Predicate<String>>> compiler) {
        this.wireName = wireName;
        this.wanted = wanted;
        this.compiler = compiler;
        this.isNegated = false;
    }

    Operator(String wireName, Operator negated) {
        this.wireName = wireName;
        this.wanted = negated.wanted;
        this.compiler = negated.compiler;
        this.isNegated = true;
    }

    static Optional<Operator> parse(String name) {
        return Arrays.stream(values())
                .filter(operator -> operator.wireName.equals(name))
                .findFirst();
    }

    /** What its values must be, for messages. */
    String wanted() {
        return wanted;
    }

    /** Whether it holds for what is not equal to any of its values. */
    boolean isNegated() {
        return isNegated;
    }

    /** What tells whether a value of a request is equal to this one, or in that order; empty for a wrong value. */
    Optional<Predicate<String>> compile(String value) {
        return compiler.apply(value);
    }

    private static Optional<Predicate<String>> equalTo(String wanted) {
        return Optional.of(wanted::equals);
    }

    private static Optional<Predicate<String>> bool(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "false" -> Optional.of(text::equalsIgnoreCase);
            default -> Optional.empty();
        };
    }

    private static Optional<Predicate<String>> numeric(String text, IntPredicate order) {
        return number(text)
                .map(limit -> actual -> number(actual)
                        .filter(value -> order.test(value.compareTo(limit)))
                        .isPresent());
    }

    private static Optional<BigDecimal> number(String text) {
        boolean isDecimal = text.length() <= MAX_DIGITS
                && text.chars().allMatch(c -> (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+');
        try {
            return isDecimal ? Optional.of(new BigDecimal(text)) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<Predicate<String>> date(String text, IntPredicate order) {
        return time(text)
                .map(limit -> actual -> time(actual)
                        .filter(value -> order.test(value.compareTo(limit)))
                        .isPresent());
    }

    /** ISO 8601; without an offset, and with a blank for the T as some examples have it, it is UTC. */
    private static Optional<Instant> time(String text) {
        String iso = text.replace(' ', 'T');
        boolean hasOffset = iso.endsWith("Z") || iso.lastIndexOf('+') > 0 || iso.lastIndexOf('-') > iso.indexOf('T');
        try {
            return Optional.of(
                    hasOffset
                            ? OffsetDateTime.parse(iso).toInstant()
                            : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
