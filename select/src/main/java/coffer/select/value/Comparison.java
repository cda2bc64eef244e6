package coffer.select.value;

import coffer.api.CosError;
import coffer.api.CosException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * How values compare. A field of CSV is what it is compared with: {@code _1 > 5} compares numbers. If it cannot be that,
 * it is unknown whether the comparison holds, as where a value is missing. Values of different types are not equal;
 * which one is greater is an error.
 */
public final class Comparison {
    private static final int UNKNOWN = 2;
    private static final int DIFFERENT = 3;

    private Comparison() {}

    /**
     * Whether {@code left operator right} holds.
     *
     * @param operator one of {@code = <> < <= > >=}
     * @return a {@link Boolean}, or {@link Absent}
     * @throws CosException {@code ComparisonFailed}
     */
    public static Object test(String operator, Object left, Object right) {
        if (Values.isAbsent(left) || Values.isAbsent(right)) {
            return Values.absent(left, right);
        }
        int order = order(left, right);
        if (order == UNKNOWN) {
            return Absent.MISSING;
        }
        return switch (operator) {
            case "=" -> order == 0;
            case "<>" -> order != 0;
            case "<" -> ordered(order, left, right) < 0;
            case "<=" -> ordered(order, left, right) <= 0;
            case ">" -> ordered(order, left, right) > 0;
            default -> ordered(order, left, right) >= 0;
        };
    }

    private static int ordered(int order, Object left, Object right) {
        if (order == DIFFERENT) {
            throw CosError.COMPARISON_FAILED.because("'" + Values.shown(left) + "' and '" + Values.shown(right)
                    + "' are of types that cannot be compared; CAST one of them.");
        }
        return order;
    }

    /** Negative, 0 or positive; for two values that are there. */
    public static int compare(Object left, Object right) {
        return ordered(order(left, right), left, right);
    }

    private static int order(Object left, Object right) {
        if (left instanceof Untyped field) {
            return right instanceof Untyped other
                    ? Integer.signum(field.text().compareTo(other.text()))
                    : order(field, right);
        }
        if (right instanceof Untyped field) {
            int order = order(field, left);
            return order == UNKNOWN || order == DIFFERENT ? order : -order;
        }
        return switch (left) {
            case Long a when right instanceof Long b -> Long.compare(a, b);
            case Number a when right instanceof Number b -> numbers(a, b);
            case String a when right instanceof String b -> Integer.signum(a.compareTo(b));
            case Boolean a when right instanceof Boolean b -> Boolean.compare(a, b);
            case Timestamp a when right instanceof Timestamp b -> Integer.signum(a.compareTo(b));
            case Map<?, ?> a when a.equals(right) -> 0;
            case List<?> a when a.equals(right) -> 0;
            default -> DIFFERENT;
        };
    }

    private static int order(Untyped field, Object other) {
        return switch (other) {
            case String text -> Integer.signum(field.compareTo(text));
            case Number number -> {
                Object value = field.numberOrNull();
                yield value == null ? UNKNOWN : order(value, number);
            }
            case Boolean flag -> {
                String text = field.text().strip();
                boolean isTrue = text.equalsIgnoreCase("true");
                yield isTrue || text.equalsIgnoreCase("false") ? Boolean.compare(isTrue, flag) : UNKNOWN;
            }
            case Timestamp timestamp ->
                Timestamp.parse(field.text())
                        .map(value -> Integer.signum(value.compareTo(timestamp)))
                        .orElse(UNKNOWN);
            default -> DIFFERENT;
        };
    }

    private static int numbers(Number a, Number b) {
        return a instanceof Double || b instanceof Double
                ? Double.compare(a.doubleValue() + 0.0, b.doubleValue() + 0.0)
                : decimal(a).compareTo(decimal(b));
    }

    private static BigDecimal decimal(Number number) {
        return Values.decimal(number);
    }
}
