package coffer.select.sql;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.select.sql.Expression.Each;
import coffer.select.sql.Expression.Field;
import coffer.select.sql.Expression.Index;
import coffer.select.sql.Expression.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The grammar of queries: one table, no more than SELECT, FROM, WHERE and LIMIT. Source: COS docs, "SELECT Overview"; S3
 * docs, "SELECT command".
 */
public final class Parser {
    private static final List<String> ABSENT =
            List.of("GROUP", "ORDER", "HAVING", "JOIN", "UNION", "INNER", "LEFT", "RIGHT", "CROSS", "OFFSET");

    private final Tokens tokens;
    private final ExpressionParser expressions;
    private final String table;

    private Parser(Tokens tokens, String table) {
        this.tokens = tokens;
        this.expressions = new ExpressionParser(tokens);
        this.table = table;
    }

    /**
     * Reads a query.
     *
     * @param table what the table must be called
     * @throws CosException {@code SQLParsingError}
     */
    public static Select parse(String query, String table) {
        return new Parser(new Tokens(Lexer.tokens(query)), table).select();
    }

    private Select select() {
        tokens.expectWord("SELECT");
        List<Select.Item> items = new ArrayList<>();
        boolean all = takeStar();
        while (!all) {
            items.add(item());
            if (!tokens.takeSymbol(",")) {
                break;
            }
        }
        tokens.expectWord("FROM");
        List<Step> from = from();
        Optional<String> alias = alias();
        Optional<Expression> where =
                tokens.takeWord("WHERE") ? Optional.of(expressions.expression()) : Optional.empty();
        Optional<Long> limit =
                tokens.takeWord("LIMIT") ? Optional.of(tokens.expectInteger("a number of rows")) : Optional.empty();
        tokens.takeSymbol(";");
        requireEnd();
        return new Select(items, from, alias, where, limit);
    }

    private void requireEnd() {
        Token rest = tokens.peek();
        if (rest.kind() == Token.Kind.END) {
            return;
        }
        boolean isAbsent = rest.isSymbol(",") || ABSENT.stream().anyMatch(rest::isWord);
        throw isAbsent
                ? CosError.SQL_PARSING_ERROR.because("The query has " + rest.shown()
                        + "; there are no joins, no groups, no order and no subqueries.")
                : tokens.unexpected("the end of the query");
    }

    /** {@code *}, or {@code alias.*}. */
    private boolean takeStar() {
        if (tokens.takeSymbol("*")) {
            if (!tokens.peek().isWord("FROM")) {
                throw CosError.SQL_PARSING_ERROR.because("With * nothing else can be selected.");
            }
            return true;
        }
        return false;
    }

    private Select.Item item() {
        Expression expression = expressions.expression();
        if (tokens.takeWord("AS")) {
            return new Select.Item(
                    expression, Optional.of(tokens.expectName("a name").text()));
        }
        boolean isNamed = tokens.peek().kind() == Token.Kind.QUOTED_NAME
                || (tokens.peek().kind() == Token.Kind.WORD && !tokens.peek().isWord("FROM"));
        return new Select.Item(
                expression, isNamed ? Optional.of(tokens.expectName("a name").text()) : Optional.empty());
    }

    private List<Step> from() {
        Token named = tokens.peek();
        if (named.kind() != Token.Kind.WORD || !named.text().equalsIgnoreCase(table)) {
            throw CosError.SQL_PARSING_ERROR.because(
                    "The query has " + named.shown() + " behind FROM; the table is called " + table + ".");
        }
        tokens.next();
        List<Step> steps = new ArrayList<>();
        while (true) {
            if (tokens.takeSymbol(".")) {
                steps.add(new Field(tokens.expectField()));
            } else if (tokens.takeSymbol("[")) {
                steps.add(
                        tokens.takeSymbol("*")
                                ? new Each()
                                : new Index((int) Math.min(Integer.MAX_VALUE, tokens.expectInteger("an index or *"))));
                tokens.expectSymbol("]");
            } else {
                return steps;
            }
        }
    }

    private Optional<String> alias() {
        if (tokens.takeWord("AS")) {
            return Optional.of(tokens.expectName("an alias").text());
        }
        Token next = tokens.peek();
        boolean isAlias = next.kind() == Token.Kind.QUOTED_NAME
                || (next.kind() == Token.Kind.WORD
                        && !next.isWord("WHERE")
                        && !next.isWord("LIMIT")
                        && ABSENT.stream().noneMatch(next::isWord));
        return isAlias ? Optional.of(tokens.expectName("an alias").text()) : Optional.empty();
    }
}
