package coffer.select.value;

import coffer.api.CosError;
import coffer.api.CosException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/** {@code CAST}. Source: COS docs, "SELECT Overview", "CAST". */
public final class Casts {
    private static final int MAX_DIGITS = 38;

    private Casts() {}

    /**
     * A value as another type; what is absent stays so.
     *
     * @throws CosException {@code CastFailed}
     */
    public static Object cast(Object value, Type type) {
        if (Values.isAbsent(value)) {
            return value;
        }
        Object known = value instanceof Untyped field ? field.text() : value;
        Optional<? extends Object> result = switch (type.kind()) {
            case BOOL -> bool(known);
            case INT -> integer(known);
            case STRING -> text(known);
            case FLOAT -> number(known).map(number -> (Object) ((Number) number).doubleValue());
            case DECIMAL -> number(known).flatMap(number -> decimal(number, type));
            case TIMESTAMP -> timestamp(known);
        };
        if (result.isEmpty()) {
            throw CosError.CAST_FAILED.because(
                    "'" + Values.shown(known) + "' cannot be converted to " + type.kind() + ".");
        }
        return result.get();
    }

    private static Optional<Object> bool(Object value) {
        return switch (value) {
            case Boolean flag -> Optional.of(flag);
            case Long number -> Optional.of(number != 0);
            case String text when text.strip().equalsIgnoreCase("true") -> Optional.of(true);
            case String text when text.strip().equalsIgnoreCase("false") -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    /** A text must be an integer; of a number what stands behind the point is left out. */
    private static Optional<Object> integer(Object value) {
        if (value instanceof String) {
            return number(value).filter(Long.class::isInstance);
        }
        return number(value).flatMap(number -> switch (number) {
            case Long integer -> Optional.of(integer);
            case Double floating when Double.isNaN(floating) || Math.abs(floating) >= 0x1p63 -> Optional.empty();
            case Object other -> {
                BigDecimal whole = Values.decimal(other).setScale(0, RoundingMode.DOWN);
                yield whole.precision() <= 19 && whole.compareTo(BigDecimal.valueOf(whole.longValue())) == 0
                        ? Optional.of(whole.longValue())
                        : Optional.empty();
            }
        });
    }

    private static Optional<Object> number(Object value) {
        return switch (value) {
            case Long number -> Optional.of(number);
            case BigDecimal number -> Optional.of(number);
            case Double number -> Optional.of(number);
            case Boolean flag -> Optional.of(flag ? 1L : 0L);
            case String text -> NumberText.parse(text);
            default -> Optional.empty();
        };
    }

    private static Optional<Object> decimal(Object number, Type type) {
        if (number instanceof Double floating && (Double.isNaN(floating) || Double.isInfinite(floating))) {
            return Optional.empty();
        }
        BigDecimal decimal = Values.decimal(number);
        if (type.precision().isPresent()) {
            decimal = decimal.setScale(type.scale(), RoundingMode.HALF_UP);
        }
        return decimal.precision() <= type.precision().orElse(MAX_DIGITS) ? Optional.of(decimal) : Optional.empty();
    }

    private static Optional<Object> timestamp(Object value) {
        return switch (value) {
            case Timestamp timestamp -> Optional.of(timestamp);
            case String text -> Timestamp.parse(text.strip()).map(found -> found);
            default -> Optional.empty();
        };
    }

    private static Optional<Object> text(Object value) {
        return switch (value) {
            case String text -> Optional.of(text);
            case BigDecimal decimal -> Optional.of(decimal.toPlainString());
            case Long _, Double _, Boolean _, Timestamp _ -> Optional.of(value.toString());
            default -> Optional.empty();
        };
    }
}
