package coffer.select.sql;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.select.sql.Expression.Aggregate;
import coffer.select.sql.Expression.Call;
import coffer.select.sql.Expression.Cast;
import coffer.select.sql.Expression.Function;
import coffer.select.sql.Expression.Kind;
import coffer.select.sql.Expression.Literal;
import coffer.select.value.DatePart;
import coffer.select.value.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Calls of functions, many of which have a syntax of their own. Source: COS docs, "SELECT Overview", "Functions". */
final class CallParser {
    private final Tokens tokens;
    private final ExpressionParser expressions;

    CallParser(Tokens tokens, ExpressionParser expressions) {
        this.tokens = tokens;
        this.expressions = expressions;
    }

    /** Reads on behind the opening parenthesis. */
    Expression call(Token name) {
        String function = name.text().toUpperCase(Locale.ROOT);
        return switch (function) {
            case "AVG", "COUNT", "MAX", "MIN", "SUM" -> aggregate(Kind.valueOf(function));
            case "CAST" -> cast();
            case "COALESCE" -> new Call(Function.COALESCE, expressions.list());
            case "NULLIF" -> call(Function.NULLIF, 2);
            case "CHAR_LENGTH", "CHARACTER_LENGTH" -> call(Function.CHAR_LENGTH, 1);
            case "LOWER" -> call(Function.LOWER, 1);
            case "UPPER" -> call(Function.UPPER, 1);
            case "SUBSTRING" -> substring();
            case "TRIM" -> trim();
            case "DATE_ADD" -> dated(Function.DATE_ADD);
            case "DATE_DIFF" -> dated(Function.DATE_DIFF);
            case "EXTRACT" -> extract();
            case "TO_STRING" -> call(Function.TO_STRING, 2);
            case "TO_TIMESTAMP" -> call(Function.TO_TIMESTAMP, 1);
            case "UTCNOW" -> {
                tokens.expectSymbol(")");
                yield new Call(Function.UTCNOW, List.of());
            }
            default ->
                throw CosError.SQL_PARSING_ERROR.because("The query has " + name.shown() + ", which is no function.");
        };
    }

    private Call call(Function function, int count) {
        List<Expression> arguments = expressions.list();
        if (arguments.size() != count) {
            throw CosError.SQL_PARSING_ERROR.because(
                    function + " has " + count + " arguments, not " + arguments.size() + ".");
        }
        return new Call(function, arguments);
    }

    private Expression aggregate(Kind kind) {
        if (kind == Kind.COUNT && tokens.takeSymbol("*")) {
            tokens.expectSymbol(")");
            return new Aggregate(kind, Optional.empty());
        }
        if (tokens.peek().isWord("DISTINCT")) {
            throw CosError.SQL_PARSING_ERROR.because("Aggregates have no DISTINCT.");
        }
        Expression operand = expressions.expression();
        tokens.expectSymbol(")");
        return new Aggregate(kind, Optional.of(operand));
    }

    private Expression cast() {
        Expression operand = expressions.expression();
        tokens.expectWord("AS");
        Token name = tokens.next();
        Optional<Long> precision = Optional.empty();
        long scale = 0;
        if (tokens.takeSymbol("(")) {
            precision = Optional.of(tokens.expectInteger("a precision"));
            scale = tokens.takeSymbol(",") ? tokens.expectInteger("a scale") : 0;
            tokens.expectSymbol(")");
        }
        tokens.expectSymbol(")");
        if (name.kind() != Token.Kind.WORD) {
            throw noType(name);
        }
        long digits = scale;
        return new Cast(
                operand,
                Type.named(name.text(), precision.map(Long::intValue), (int) digits)
                        .orElseThrow(() -> noType(name)));
    }

    private static CosException noType(Token name) {
        return CosError.SQL_PARSING_ERROR.because("The query has " + name.shown()
                + ", which is no type; there are BOOL, INT, STRING, FLOAT, DECIMAL, NUMERIC and TIMESTAMP.");
    }

    private Expression substring() {
        Expression text = expressions.expression();
        if (tokens.takeSymbol(",")) {
            Expression from = expressions.expression();
            if (tokens.takeSymbol(",")) {
                Expression length = expressions.expression();
                tokens.expectSymbol(")");
                return new Call(Function.SUBSTRING, List.of(text, from, length));
            }
            tokens.expectSymbol(")");
            return new Call(Function.SUBSTRING, List.of(text, from));
        }
        tokens.expectWord("FROM");
        Expression from = expressions.expression();
        List<Expression> arguments =
                tokens.takeWord("FOR") ? List.of(text, from, expressions.expression()) : List.of(text, from);
        tokens.expectSymbol(")");
        return new Call(Function.SUBSTRING, arguments);
    }

    private Expression trim() {
        Function function = tokens.takeWord("LEADING")
                ? Function.TRIM_LEADING
                : tokens.takeWord("TRAILING") ? Function.TRIM_TRAILING : Function.TRIM_BOTH;
        if (function == Function.TRIM_BOTH) {
            tokens.takeWord("BOTH");
        }
        if (tokens.takeWord("FROM")) {
            Expression text = expressions.expression();
            tokens.expectSymbol(")");
            return new Call(function, List.of(text));
        }
        Expression first = expressions.expression();
        List<Expression> arguments =
                tokens.takeWord("FROM") ? List.of(expressions.expression(), first) : List.of(first);
        tokens.expectSymbol(")");
        return new Call(function, arguments);
    }

    private DatePart part() {
        Token word = tokens.next();
        return Arrays.stream(DatePart.values())
                .filter(part -> word.isWord(part.name()))
                .findFirst()
                .orElseThrow(() -> CosError.SQL_PARSING_ERROR.because(
                        "The query has " + word.shown() + ", which is no part of a date."));
    }

    private Expression dated(Function function) {
        Literal part = new Literal(part());
        tokens.expectSymbol(",");
        Expression first = expressions.expression();
        tokens.expectSymbol(",");
        Expression second = expressions.expression();
        tokens.expectSymbol(")");
        if (part.value() instanceof DatePart found && found.isOfZone()) {
            throw CosError.SQL_PARSING_ERROR.because(function + " knows no " + found + ".");
        }
        return new Call(function, List.of(part, first, second));
    }

    private Expression extract() {
        Literal part = new Literal(part());
        tokens.expectWord("FROM");
        Expression timestamp = expressions.expression();
        tokens.expectSymbol(")");
        return new Call(Function.EXTRACT, List.of(part, timestamp));
    }
}
