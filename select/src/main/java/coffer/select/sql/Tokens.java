package coffer.select.sql;

import coffer.api.CosError;
import coffer.api.CosException;
import java.util.List;

/** The words of a query, read one after another. Not thread-safe. */
final class Tokens {
    private final List<Token> tokens;
    private int at;

    Tokens(List<Token> tokens) {
        this.tokens = tokens;
    }

    Token peek() {
        return tokens.get(at);
    }

    Token peekSecond() {
        return tokens.get(Math.min(at + 1, tokens.size() - 1));
    }

    Token next() {
        Token token = tokens.get(at);
        at = Math.min(at + 1, tokens.size() - 1);
        return token;
    }

    boolean takeWord(String word) {
        boolean isThere = peek().isWord(word);
        if (isThere) {
            next();
        }
        return isThere;
    }

    boolean takeSymbol(String symbol) {
        boolean isThere = peek().isSymbol(symbol);
        if (isThere) {
            next();
        }
        return isThere;
    }

    void expectWord(String word) {
        if (!takeWord(word)) {
            throw unexpected(word);
        }
    }

    void expectSymbol(String symbol) {
        if (!takeSymbol(symbol)) {
            throw unexpected("'" + symbol + "'");
        }
    }

    /** A number without a point. */
    long expectInteger(String what) {
        Token token = peek();
        if (token.kind() == Token.Kind.NUMBER && token.text().matches("\\d{1,18}")) {
            next();
            return Long.parseLong(token.text());
        }
        throw unexpected(what);
    }

    /** A name, which must not be a reserved word unless it is quoted. */
    Name expectName(String what) {
        Token token = peek();
        boolean isWord = token.kind() == Token.Kind.WORD;
        if (isWord && ReservedWords.contains(token.text())) {
            throw CosError.SQL_PARSING_ERROR.because("The query has " + token.shown()
                    + ", which is a reserved word. If it is a name, write it in double quotes.");
        }
        if (!isWord && token.kind() != Token.Kind.QUOTED_NAME) {
            throw unexpected(what);
        }
        next();
        return new Name(token.text(), !isWord);
    }

    /** A name behind a point, where no word means anything else. */
    Name expectField() {
        Token token = peek();
        return token.kind() == Token.Kind.WORD ? new Name(next().text(), false) : expectName("the name of a field");
    }

    CosException unexpected(String expected) {
        return CosError.SQL_PARSING_ERROR.because(
                "The query has " + peek().shown() + " where " + expected + " was expected.");
    }
}
