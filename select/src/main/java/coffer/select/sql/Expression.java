package coffer.select.sql;

import coffer.select.value.Type;
import java.util.List;
import java.util.Optional;

/** A part of a query that has a value. */
public sealed interface Expression {
    /** A value that stands in the query; see {@link coffer.select.value.Values} for which there are. */
    record Literal(Object value) implements Expression {}

    /** A field, or what lies in it; without steps the whole record. */
    record Path(List<Step> steps) implements Expression {}

    /** {@code -e}. */
    record Negate(Expression operand) implements Expression {}

    /** {@code NOT e}. */
    record Not(Expression operand) implements Expression {}

    /** {@code a AND b AND ...}, or with OR. */
    record Logical(boolean isAnd, List<Expression> operands) implements Expression {}

    /** {@code left operator right}, the operator being one of {@code + - * / %}. */
    record Arithmetic(char operator, Expression left, Expression right) implements Expression {}

    /** {@code left operator right}, the operator being one of {@code = <> < <= > >=}. */
    record Compare(String operator, Expression left, Expression right) implements Expression {}

    /** {@code e BETWEEN low AND high}. */
    record Between(Expression operand, Expression low, Expression high) implements Expression {}

    /** {@code e IN (...)}. */
    record In(Expression operand, List<Expression> list) implements Expression {}

    /** {@code e LIKE pattern ESCAPE escape}. */
    record Like(Expression operand, Expression pattern, Optional<Expression> escape) implements Expression {}

    /** {@code e IS NULL}, {@code e IS MISSING}. What is missing is null, too. */
    record Is(Expression operand, boolean missing) implements Expression {}

    /** {@code CAST(e AS type)}. */
    record Cast(Expression operand, Type type) implements Expression {}

    /** {@code CASE WHEN ... THEN ... ELSE ... END}. */
    record Case(List<When> whens, Optional<Expression> otherwise) implements Expression {}

    /** A function of its arguments. Parts of dates are texts. */
    record Call(Function function, List<Expression> arguments) implements Expression {}

    /** A function of all records. {@code COUNT(*)} has no operand. */
    record Aggregate(Kind kind, Optional<Expression> operand) implements Expression {}

    /** A branch of {@link Case}. */
    record When(Expression condition, Expression result) {}

    /** Functions of all records. */
    enum Kind {
        AVG,
        COUNT,
        MAX,
        MIN,
        SUM
    }

    /** Functions of one record. */
    enum Function {
        COALESCE,
        NULLIF,
        CHAR_LENGTH,
        LOWER,
        UPPER,
        SUBSTRING,
        TRIM_BOTH,
        TRIM_LEADING,
        TRIM_TRAILING,
        DATE_ADD,
        DATE_DIFF,
        EXTRACT,
        TO_STRING,
        TO_TIMESTAMP,
        UTCNOW
    }

    /** A step into a value. */
    sealed interface Step {}

    /** Into a field of a struct. */
    record Field(Name name) implements Step {}

    /** To an element of a list, from 0. */
    record Index(int index) implements Step {}

    /** To each element of a list; only behind FROM. */
    record Each() implements Step {}
}
