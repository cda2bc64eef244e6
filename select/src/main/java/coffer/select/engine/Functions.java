package coffer.select.engine;

import coffer.api.CosError;
import coffer.select.sql.Expression;
import coffer.select.sql.Expression.Call;
import coffer.select.sql.Expression.Like;
import coffer.select.sql.Expression.Literal;
import coffer.select.value.Absent;
import coffer.select.value.Comparison;
import coffer.select.value.DatePart;
import coffer.select.value.LikePattern;
import coffer.select.value.Timestamp;
import coffer.select.value.Values;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Functions of one record. Source: COS docs, "SELECT Overview", "Functions"; S3 docs, "SQL functions". */
final class Functions {
    private static final int NANO_DIGITS = 9;
    private static final int MINUTES = 60;
    private static final int HOUR_SECONDS = 3600;

    private final Timestamp now;

    /** @param now what {@code UTCNOW()} is */
    Functions(Timestamp now) {
        this.now = now;
    }

    /** A call; but for COALESCE and NULLIF, it is absent if one of its arguments is. */
    Evaluation call(Call call, List<Evaluation> arguments) {
        return switch (call.function()) {
            case COALESCE -> row -> coalesce(arguments, row);
            case NULLIF ->
                row -> nullIf(arguments.getFirst().of(row), arguments.getLast().of(row));
            case UTCNOW -> row -> now;
            case CHAR_LENGTH -> {
                Evaluation text = arguments.getFirst();
                yield one(text, value -> {
                    String content = Values.text(value);
                    return (long) content.codePointCount(0, content.length());
                });
            }
            case LOWER -> one(arguments.getFirst(), value -> Values.text(value).toLowerCase(Locale.ROOT));
            case UPPER -> one(arguments.getFirst(), value -> Values.text(value).toUpperCase(Locale.ROOT));
            case SUBSTRING -> all(arguments, Functions::substring);
            case TRIM_BOTH -> all(arguments, values -> trim(values, true, true));
            case TRIM_LEADING -> all(arguments, values -> trim(values, true, false));
            case TRIM_TRAILING -> all(arguments, values -> trim(values, false, true));
            case DATE_ADD -> all(arguments, Functions::dateAdd);
            case DATE_DIFF ->
                all(
                        arguments,
                        values -> Values.timestamp(values[1]).until((DatePart) values[0], Values.timestamp(values[2])));
            case EXTRACT -> all(arguments, values -> extract((DatePart) values[0], Values.timestamp(values[1])));
            case TO_STRING ->
                all(arguments, values -> TimePattern.of(Values.text(values[1])).format(Values.timestamp(values[0])));
            case TO_TIMESTAMP -> one(arguments.getFirst(), Functions::toTimestamp);
        };
    }

    private static Evaluation one(Evaluation argument, Function<Object, Object> function) {
        return row -> {
            Object value = argument.of(row);
            return Values.isAbsent(value) ? value : function.apply(value);
        };
    }

    private static Evaluation all(List<Evaluation> arguments, Function<Object[], Object> function) {
        return row -> {
            Object[] values = new Object[arguments.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = arguments.get(i).of(row);
                if (Values.isAbsent(values[i])) {
                    return values[i];
                }
            }
            return function.apply(values);
        };
    }

    private static Object coalesce(List<Evaluation> arguments, Row row) {
        for (Evaluation argument : arguments) {
            Object value = argument.of(row);
            if (!Values.isAbsent(value)) {
                return value;
            }
        }
        return Absent.NULL;
    }

    private static Object nullIf(Object value, Object other) {
        boolean isEqual = Comparison.test("=", value, other) instanceof Boolean equal && equal;
        return isEqual ? Absent.NULL : value;
    }

    /** Counts characters from 1; what lies before the first or behind the last is not there. */
    private static Object substring(Object[] values) {
        String text = Values.text(values[0]);
        long length = text.codePointCount(0, text.length());
        long from = Values.integer(values[1]);
        long end = length + 1;
        if (values.length > 2) {
            long count = Values.integer(values[2]);
            if (count < 0) {
                throw CosError.EVALUATOR_INVALID_ARGUMENTS.because("SUBSTRING has a negative length.");
            }
            end = count > length - from ? end : Math.min(end, from + count);
        }
        long begin = Math.max(1, from);
        if (begin >= end) {
            return "";
        }
        int first = text.offsetByCodePoints(0, (int) begin - 1);
        return text.substring(first, text.offsetByCodePoints(first, (int) (end - begin)));
    }

    private static Object trim(Object[] values, boolean leading, boolean trailing) {
        String text = Values.text(values[0]);
        String trimmed = values.length > 1 ? Values.text(values[1]) : " ";
        int from = 0;
        int to = text.length();
        while (leading && from < to && trimmed.indexOf(text.codePointAt(from)) >= 0) {
            from += Character.charCount(text.codePointAt(from));
        }
        while (trailing && to > from && trimmed.indexOf(text.codePointBefore(to)) >= 0) {
            to -= Character.charCount(text.codePointBefore(to));
        }
        return text.substring(from, to);
    }

    private static Object dateAdd(Object[] values) {
        try {
            return Values.timestamp(values[2]).plus((DatePart) values[0], Values.integer(values[1]));
        } catch (DateTimeException | ArithmeticException e) {
            throw CosError.EVALUATOR_INVALID_ARGUMENTS.because("DATE_ADD leads to no date.");
        }
    }

    private static Object extract(DatePart part, Timestamp timestamp) {
        OffsetDateTime at = timestamp.at();
        ZoneOffset offset = at.getOffset();
        return switch (part) {
            case YEAR -> (long) at.getYear();
            case MONTH -> (long) at.getMonthValue();
            case DAY -> (long) at.getDayOfMonth();
            case HOUR -> (long) at.getHour();
            case MINUTE -> (long) at.getMinute();
            case SECOND ->
                at.getNano() == 0
                        ? (Object) (long) at.getSecond()
                        : BigDecimal.valueOf(at.getSecond())
                                .add(BigDecimal.valueOf(at.getNano(), NANO_DIGITS))
                                .stripTrailingZeros();
            case TIMEZONE_HOUR -> (long) (offset.getTotalSeconds() / HOUR_SECONDS);
            case TIMEZONE_MINUTE -> (long) (offset.getTotalSeconds() / MINUTES % MINUTES);
        };
    }

    private static Object toTimestamp(Object value) {
        return value instanceof Timestamp timestamp
                ? timestamp
                : Timestamp.parse(Values.text(value))
                        .orElseThrow(() -> CosError.CAST_FAILED.because(
                                "'" + Values.shown(value) + "' is not a timestamp, such as 2024-01-31T10:00:00Z."));
    }

    /** {@code LIKE}; a pattern that stands in the query is read once. */
    Evaluation like(Like like, Function<Expression, Evaluation> compile) {
        Evaluation operand = compile.apply(like.operand());
        Evaluation pattern = compile.apply(like.pattern());
        Optional<Evaluation> escape = like.escape().map(compile);
        boolean isConstant = like.pattern() instanceof Literal(String _)
                && (like.escape().isEmpty() || like.escape().get() instanceof Literal(String _));
        if (isConstant && like.pattern() instanceof Literal(String text)) {
            LikePattern known = LikePattern.of(
                    text, like.escape().map(found -> ((Literal) found).value().toString()));
            return one(operand, known);
        }
        return row -> {
            Object text = pattern.of(row);
            Object escaping = escape.isPresent() ? escape.get().of(row) : "";
            if (Values.isAbsent(text) || Values.isAbsent(escaping)) {
                return Absent.NULL;
            }
            LikePattern read = LikePattern.of(Values.text(text), escape.map(present -> Values.text(escaping)));
            return one(operand, read).of(row);
        };
    }

    private static Evaluation one(Evaluation operand, LikePattern pattern) {
        return row -> {
            Object value = operand.of(row);
            return Values.isAbsent(value) ? value : pattern.matches(Values.text(value), row::check);
        };
    }
}
