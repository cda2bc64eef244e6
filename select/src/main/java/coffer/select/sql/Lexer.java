package coffer.select.sql;

import coffer.api.CosError;
import coffer.api.CosException;
import java.util.ArrayList;
import java.util.List;

/** Takes a query apart into words. */
final class Lexer {
    private static final List<String> SYMBOLS =
            List.of("<=", ">=", "<>", "!=", "<", ">", "=", "(", ")", "[", "]", ",", ".", "*", "+", "-", "/", "%", ";");

    private final String text;
    private int at;

    private Lexer(String text) {
        this.text = text;
    }

    /**
     * The words of a query; the last one is its end.
     *
     * @throws CosException {@code SQLParsingError}
     */
    static List<Token> tokens(String query) {
        Lexer lexer = new Lexer(query);
        List<Token> tokens = new ArrayList<>();
        Token token = lexer.next();
        while (token.kind() != Token.Kind.END) {
            tokens.add(token);
            token = lexer.next();
        }
        tokens.add(token);
        return tokens;
    }

    private Token next() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        if (at == text.length()) {
            return new Token(Token.Kind.END, "", at + 1);
        }
        char c = text.charAt(at);
        if (c == '\'') {
            return quoted(Token.Kind.STRING, c);
        }
        if (c == '"') {
            return quoted(Token.Kind.QUOTED_NAME, c);
        }
        if (c == '`') {
            return quoted(Token.Kind.TIMESTAMP, c);
        }
        if (isDigit(at) || (c == '.' && isDigit(at + 1))) {
            return number();
        }
        if (Character.isLetter(c) || c == '_' || c == '$') {
            return word();
        }
        for (String symbol : SYMBOLS) {
            if (text.startsWith(symbol, at)) {
                Token token = new Token(Token.Kind.SYMBOL, symbol, at + 1);
                at += symbol.length();
                return token;
            }
        }
        throw CosError.SQL_PARSING_ERROR.because(
                "The query has a '" + c + "' at position " + (at + 1) + ", which means nothing there.");
    }

    private boolean isDigit(int index) {
        return index < text.length() && text.charAt(index) >= '0' && text.charAt(index) <= '9';
    }

    /** A quote within quotes is written twice. */
    private Token quoted(Token.Kind kind, char quote) {
        int begin = at++;
        StringBuilder content = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c != quote) {
                content.append(c);
            } else if (at < text.length() && text.charAt(at) == quote) {
                content.append(quote);
                at++;
            } else {
                return new Token(kind, content.toString(), begin + 1);
            }
        }
        throw CosError.SQL_PARSING_ERROR.because(
                "The " + quote + " at position " + (begin + 1) + " of the query is not closed.");
    }

    private Token number() {
        int begin = at;
        digits();
        if (at < text.length() && text.charAt(at) == '.') {
            at++;
            digits();
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            int sign = at + 1 < text.length() && "+-".indexOf(text.charAt(at + 1)) >= 0 ? 1 : 0;
            if (isDigit(at + 1 + sign)) {
                at += 1 + sign;
                digits();
            }
        }
        return new Token(Token.Kind.NUMBER, text.substring(begin, at), begin + 1);
    }

    private void digits() {
        while (isDigit(at)) {
            at++;
        }
    }

    private Token word() {
        int begin = at;
        while (at < text.length() && isPartOfWord(text.charAt(at))) {
            at++;
        }
        return new Token(Token.Kind.WORD, text.substring(begin, at), begin + 1);
    }

    private static boolean isPartOfWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$';
    }
}
