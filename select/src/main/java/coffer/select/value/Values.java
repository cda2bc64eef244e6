package coffer.select.value;

import coffer.api.CosError;
import coffer.api.CosException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;

/**
 * What can be done with values. A value is a {@link Boolean}, a {@link Long}, a {@link BigDecimal}, a {@link Double}, a
 * {@link String}, a {@link Timestamp}, an {@link Untyped}, a {@link Map} of names to values, a {@link List} of
 * values, or {@link Absent}.
 */
public final class Values {
    /** Decimals have 38 digits. */
    public static final MathContext DECIMAL = new MathContext(38, RoundingMode.HALF_EVEN);

    private static final int SHOWN_CHARS = 40;

    private Values() {}

    /** Whether there is no value. */
    public static boolean isAbsent(Object value) {
        return value instanceof Absent;
    }

    /** Of two values one of which is absent: what is absent then. */
    public static Absent absent(Object left, Object right) {
        return left == Absent.MISSING || right == Absent.MISSING ? Absent.MISSING : Absent.NULL;
    }

    /**
     * A number to compute with.
     *
     * @throws CosException {@code CastFailed} for a field of CSV that is none, {@code EvaluatorInvalidArguments} for what
     *     cannot be one
     */
    public static Object number(Object value) {
        if (value instanceof Long || value instanceof BigDecimal || value instanceof Double) {
            return value;
        }
        if (value instanceof Untyped field) {
            return field.number()
                    .orElseThrow(() -> CosError.CAST_FAILED.because("'" + shown(field) + "' is not a number."));
        }
        throw CosError.EVALUATOR_INVALID_ARGUMENTS.because(
                "'" + shown(value) + "' is not a number; CAST makes one of it.");
    }

    /** As a decimal, exactly. */
    public static BigDecimal decimal(Object number) {
        return switch (number) {
            case Long integer -> BigDecimal.valueOf(integer);
            case BigDecimal decimal -> decimal;
            default -> new BigDecimal(((Number) number).doubleValue(), DECIMAL);
        };
    }

    /**
     * A text to work with.
     *
     * @throws CosException {@code EvaluatorInvalidArguments} for what is none
     */
    public static String text(Object value) {
        if (value instanceof String text) {
            return text;
        }
        if (value instanceof Untyped field) {
            return field.text();
        }
        throw CosError.EVALUATOR_INVALID_ARGUMENTS.because(
                "'" + shown(value) + "' is not a text; CAST makes one of it.");
    }

    /**
     * An integer, for positions and counts.
     *
     * @throws CosException {@code EvaluatorInvalidArguments}, {@code CastFailed}
     */
    public static long integer(Object value) {
        if (number(value) instanceof Long integer) {
            return integer;
        }
        throw CosError.EVALUATOR_INVALID_ARGUMENTS.because("'" + shown(value) + "' is not an integer.");
    }

    /**
     * A timestamp.
     *
     * @throws CosException {@code CastFailed} for a field of CSV that is none, {@code EvaluatorInvalidArguments}
     */
    public static Timestamp timestamp(Object value) {
        if (value instanceof Timestamp timestamp) {
            return timestamp;
        }
        if (value instanceof Untyped field) {
            return Timestamp.parse(field.text())
                    .orElseThrow(() -> CosError.CAST_FAILED.because("'" + shown(field) + "' is not a timestamp."));
        }
        throw CosError.EVALUATOR_INVALID_ARGUMENTS.because(
                "'" + shown(value) + "' is not a timestamp; TO_TIMESTAMP makes one of it.");
    }

    /**
     * {@code left operator right}. Integers stay integers unless the result needs more than 64 bits.
     *
     * @throws CosException {@code EvaluatorInvalidArguments}, {@code CastFailed}
     */
    public static Object compute(char operator, Object left, Object right) {
        Object a = number(left);
        Object b = number(right);
        if (a instanceof Double || b instanceof Double) {
            return compute(operator, ((Number) a).doubleValue(), ((Number) b).doubleValue());
        }
        try {
            if (a instanceof Long m && b instanceof Long n) {
                return compute(operator, m.longValue(), n.longValue());
            }
        } catch (ArithmeticException e) {
            requireDivisor(operator, b);
        }
        return compute(operator, decimal(a), decimal(b));
    }

    private static Object compute(char operator, double a, double b) {
        return switch (operator) {
            case '+' -> a + b;
            case '-' -> a - b;
            case '*' -> a * b;
            case '/' -> a / b;
            default -> a % b;
        };
    }

    private static Object compute(char operator, long a, long b) {
        return switch (operator) {
            case '+' -> Math.addExact(a, b);
            case '-' -> Math.subtractExact(a, b);
            case '*' -> Math.multiplyExact(a, b);
            case '/' -> Math.divideExact(a, b);
            default -> a % b;
        };
    }

    private static Object compute(char operator, BigDecimal a, BigDecimal b) {
        requireDivisor(operator, b);
        return switch (operator) {
            case '+' -> a.add(b, DECIMAL);
            case '-' -> a.subtract(b, DECIMAL);
            case '*' -> a.multiply(b, DECIMAL);
            case '/' -> a.divide(b, DECIMAL);
            default -> a.remainder(b);
        };
    }

    private static void requireDivisor(char operator, Object divisor) {
        if ((operator == '/' || operator == '%') && decimal(divisor).signum() == 0) {
            throw CosError.EVALUATOR_INVALID_ARGUMENTS.because("The query divides by zero.");
        }
    }

    /** {@code -value}. */
    public static Object negate(Object value) {
        return switch (number(value)) {
            case Double floating -> (Object) (-floating);
            case Object number -> compute('-', 0L, number);
        };
    }

    /** The beginning of a value, for messages. */
    public static String shown(Object value) {
        String text = value.toString();
        return text.length() > SHOWN_CHARS ? text.substring(0, SHOWN_CHARS) + "..." : text;
    }
}
