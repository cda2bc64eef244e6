package coffer.select.sql;

import coffer.api.CosError;
import coffer.select.sql.Expression.Arithmetic;
import coffer.select.sql.Expression.Between;
import coffer.select.sql.Expression.Case;
import coffer.select.sql.Expression.Compare;
import coffer.select.sql.Expression.Field;
import coffer.select.sql.Expression.In;
import coffer.select.sql.Expression.Index;
import coffer.select.sql.Expression.Is;
import coffer.select.sql.Expression.Like;
import coffer.select.sql.Expression.Literal;
import coffer.select.sql.Expression.Logical;
import coffer.select.sql.Expression.Negate;
import coffer.select.sql.Expression.Not;
import coffer.select.sql.Expression.Path;
import coffer.select.sql.Expression.Step;
import coffer.select.sql.Expression.When;
import coffer.select.value.Absent;
import coffer.select.value.NumberText;
import coffer.select.value.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Expressions, a method for each precedence. Source: COS docs, "SELECT Overview", "Operator Precedence". Not thread-safe.
 */
final class ExpressionParser {
    /** Parentheses and calls within each other; each takes a dozen methods. */
    private static final int MAX_DEPTH = 100;

    /** All operators and calls of a query: what is evaluated nests no deeper. */
    private static final int MAX_OPERATORS = 5_000;

    private final Tokens tokens;
    private final CallParser calls;
    private int depth;
    private int operators;

    ExpressionParser(Tokens tokens) {
        this.tokens = tokens;
        this.calls = new CallParser(tokens, this);
    }

    Expression expression() {
        if (++depth > MAX_DEPTH) {
            throw CosError.SQL_PARSING_ERROR.because("The query nests more than " + MAX_DEPTH + " levels deep.");
        }
        Expression expression = or();
        depth--;
        return expression;
    }

    /** Counts an operator. */
    private <T> T counted(T expression) {
        if (++operators > MAX_OPERATORS) {
            throw CosError.SQL_PARSING_ERROR.because("The query has more than " + MAX_OPERATORS + " operators.");
        }
        return expression;
    }

    private Expression or() {
        List<Expression> operands = new ArrayList<>(List.of(and()));
        while (tokens.takeWord("OR")) {
            operands.add(and());
        }
        return operands.size() == 1 ? operands.getFirst() : new Logical(false, operands);
    }

    private Expression and() {
        List<Expression> operands = new ArrayList<>(List.of(not()));
        while (tokens.takeWord("AND")) {
            operands.add(not());
        }
        return operands.size() == 1 ? operands.getFirst() : new Logical(true, operands);
    }

    private Expression not() {
        int count = 0;
        while (tokens.takeWord("NOT")) {
            count++;
        }
        Expression operand = equality();
        for (int i = 0; i < count; i++) {
            operand = counted(new Not(operand));
        }
        return operand;
    }

    private Expression equality() {
        Expression left = relation();
        while (true) {
            if (tokens.takeSymbol("=")) {
                left = counted(new Compare("=", left, relation()));
            } else if (tokens.takeSymbol("<>") || tokens.takeSymbol("!=")) {
                left = counted(new Compare("<>", left, relation()));
            } else {
                return left;
            }
        }
    }

    private Expression relation() {
        Expression left = predicate();
        while (true) {
            Token operator = tokens.peek();
            boolean isRelation = operator.isSymbol("<")
                    || operator.isSymbol("<=")
                    || operator.isSymbol(">")
                    || operator.isSymbol(">=");
            if (!isRelation) {
                return left;
            }
            tokens.next();
            left = counted(new Compare(operator.text(), left, predicate()));
        }
    }

    private Expression predicate() {
        Expression operand = sum();
        while (true) {
            boolean negated = tokens.peek().isWord("NOT") && isPredicate(tokens.peekSecond());
            if (negated) {
                tokens.next();
            }
            Optional<Expression> found = predicate(operand);
            if (found.isEmpty()) {
                return operand;
            }
            operand = counted(negated ? new Not(found.get()) : found.get());
        }
    }

    private static boolean isPredicate(Token token) {
        return token.isWord("IN") || token.isWord("BETWEEN") || token.isWord("LIKE");
    }

    private Optional<Expression> predicate(Expression operand) {
        if (tokens.takeWord("IN")) {
            tokens.expectSymbol("(");
            return Optional.of(new In(operand, list()));
        }
        if (tokens.takeWord("BETWEEN")) {
            Expression low = sum();
            tokens.expectWord("AND");
            return Optional.of(new Between(operand, low, sum()));
        }
        if (tokens.takeWord("LIKE")) {
            Expression pattern = sum();
            return Optional.of(
                    new Like(operand, pattern, tokens.takeWord("ESCAPE") ? Optional.of(sum()) : Optional.empty()));
        }
        if (tokens.takeWord("IS")) {
            boolean negated = tokens.takeWord("NOT");
            boolean missing = tokens.takeWord("MISSING");
            if (!missing) {
                tokens.expectWord("NULL");
            }
            Expression is = new Is(operand, missing);
            return Optional.of(negated ? new Not(is) : is);
        }
        return Optional.empty();
    }

    /** Expressions up to the closing parenthesis. */
    List<Expression> list() {
        List<Expression> list = new ArrayList<>();
        do {
            list.add(expression());
        } while (tokens.takeSymbol(","));
        tokens.expectSymbol(")");
        return list;
    }

    Expression sum() {
        Expression left = product();
        while (tokens.peek().isSymbol("+") || tokens.peek().isSymbol("-")) {
            char operator = tokens.next().text().charAt(0);
            left = counted(new Arithmetic(operator, left, product()));
        }
        return left;
    }

    private Expression product() {
        Expression left = signed();
        while (tokens.peek().isSymbol("*")
                || tokens.peek().isSymbol("/")
                || tokens.peek().isSymbol("%")) {
            char operator = tokens.next().text().charAt(0);
            left = counted(new Arithmetic(operator, left, signed()));
        }
        return left;
    }

    private Expression signed() {
        int count = 0;
        while (true) {
            if (tokens.takeSymbol("-")) {
                count++;
            } else if (!tokens.takeSymbol("+")) {
                break;
            }
        }
        Expression operand = primary();
        for (int i = 0; i < count; i++) {
            operand = counted(new Negate(operand));
        }
        return operand;
    }

    private Expression primary() {
        Token token = tokens.peek();
        return switch (token.kind()) {
            case STRING -> new Literal(tokens.next().text());
            case NUMBER ->
                new Literal(NumberText.parse(tokens.next().text())
                        .orElseThrow(() -> CosError.SQL_PARSING_ERROR.because(
                                "The query has " + token.shown() + ", which is too long for a number.")));
            case TIMESTAMP ->
                new Literal(Timestamp.parse(tokens.next().text())
                        .orElseThrow(() -> CosError.SQL_PARSING_ERROR.because(
                                "The query has " + token.shown() + ", which is no timestamp, such as `2024-01-31T`.")));
            case QUOTED_NAME -> path();
            case WORD -> word(token);
            default -> parenthesis();
        };
    }

    private Expression parenthesis() {
        if (!tokens.takeSymbol("(")) {
            throw tokens.unexpected("a value");
        }
        if (tokens.peek().isWord("SELECT")) {
            throw CosError.SQL_PARSING_ERROR.because("A query has no queries within it.");
        }
        Expression inner = counted(expression());
        tokens.expectSymbol(")");
        return inner;
    }

    private Expression word(Token token) {
        if (tokens.takeWord("TRUE")) {
            return new Literal(true);
        }
        if (tokens.takeWord("FALSE")) {
            return new Literal(false);
        }
        if (tokens.takeWord("NULL")) {
            return new Literal(Absent.NULL);
        }
        if (tokens.takeWord("MISSING")) {
            return new Literal(Absent.MISSING);
        }
        if (tokens.takeWord("CASE")) {
            return counted(cases());
        }
        if (tokens.peekSecond().isSymbol("(")) {
            tokens.next();
            tokens.next();
            return counted(calls.call(token));
        }
        return path();
    }

    private Expression cases() {
        Optional<Expression> compared = tokens.peek().isWord("WHEN") ? Optional.empty() : Optional.of(expression());
        List<When> whens = new ArrayList<>();
        while (tokens.takeWord("WHEN")) {
            Expression condition = expression();
            tokens.expectWord("THEN");
            whens.add(new When(
                    compared.<Expression>map(left -> new Compare("=", left, condition))
                            .orElse(condition),
                    counted(expression())));
        }
        if (whens.isEmpty()) {
            throw tokens.unexpected("WHEN");
        }
        Optional<Expression> otherwise = tokens.takeWord("ELSE") ? Optional.of(expression()) : Optional.empty();
        tokens.expectWord("END");
        return new Case(whens, otherwise);
    }

    private Path path() {
        List<Step> steps = new ArrayList<>(List.of(new Field(tokens.expectName("a value"))));
        while (true) {
            if (tokens.takeSymbol(".")) {
                steps.add(new Field(tokens.expectField()));
            } else if (tokens.takeSymbol("[")) {
                steps.add(new Index((int) Math.min(Integer.MAX_VALUE, tokens.expectInteger("an index"))));
                tokens.expectSymbol("]");
            } else {
                return new Path(steps);
            }
        }
    }
}
