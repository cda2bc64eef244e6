package coffer.select.value;

import java.util.Locale;
import java.util.Optional;

/**
 * A type that values can be cast to. Source: COS docs, "SELECT Overview", "Data Types".
 *
 * @param precision how many digits a decimal has at the most; empty if that is not said
 * @param scale how many of them stand behind the point
 */
public record Type(Kind kind, Optional<Integer> precision, int scale) {
    private static final int MAX_PRECISION = 38;

    /** What there is. */
    public enum Kind {
        BOOL,
        INT,
        STRING,
        FLOAT,
        DECIMAL,
        TIMESTAMP
    }

    /** The type that has a name; empty if none has. */
    public static Optional<Type> named(String name, Optional<Integer> precision, int scale) {
        Optional<Kind> kind = Optional.ofNullable(
                switch (name.toUpperCase(Locale.ROOT)) {
                    case "BOOL", "BOOLEAN" -> Kind.BOOL;
                    case "INT", "INTEGER" -> Kind.INT;
                    case "STRING", "VARCHAR", "CHAR" -> Kind.STRING;
                    case "FLOAT", "REAL" -> Kind.FLOAT;
                    case "DECIMAL", "NUMERIC" -> Kind.DECIMAL;
                    case "TIMESTAMP" -> Kind.TIMESTAMP;
                    default -> null;
                });
        return kind.filter(found -> precision.orElse(MAX_PRECISION) <= MAX_PRECISION && scale <= MAX_PRECISION)
                .map(found -> new Type(found, precision, scale));
    }
}
