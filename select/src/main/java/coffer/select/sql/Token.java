package coffer.select.sql;

/**
 * A word of a query.
 *
 * @param text without quotes
 * @param position where it stands, from 1, for messages
 */
record Token(Kind kind, String text, int position) {
    enum Kind {
        WORD,
        QUOTED_NAME,
        STRING,
        NUMBER,
        TIMESTAMP,
        SYMBOL,
        END
    }

    boolean isWord(String word) {
        return kind == Kind.WORD && text.equalsIgnoreCase(word);
    }

    boolean isSymbol(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    /** For messages. */
    String shown() {
        return kind == Kind.END ? "the end of the query" : "'" + text + "' at position " + position;
    }
}
