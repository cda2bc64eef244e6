package coffer.select;

import java.util.Optional;

/** The format of an object that is queried. */
public sealed interface InputFormat {
    /**
     * Lines of fields.
     *
     * @param header what the first line is
     * @param recordDelimiter one or two bytes
     * @param fieldDelimiter one byte
     * @param quote one byte; empty if nothing is quoted
     * @param quoteEscape one byte that makes a quote within quotes an ordinary character
     * @param comment lines that begin with this byte are left out
     * @param quotedRecordDelimiters whether a record may go on behind a record delimiter that is quoted
     */
    record Csv(
            Header header,
            String recordDelimiter,
            char fieldDelimiter,
            Optional<Character> quote,
            char quoteEscape,
            Optional<Character> comment,
            boolean quotedRecordDelimiters)
            implements InputFormat {}

    /**
     * JSON.
     *
     * @param lines whether each line is a record; else the object is one or several documents
     */
    record Json(boolean lines) implements InputFormat {}

    /** Apache Parquet. */
    record Parquet() implements InputFormat {}

    /** What the first line of CSV is. */
    enum Header {
        /** A record like the others. */
        NONE,
        /** The names of the fields. */
        USE,
        /** Nothing. */
        IGNORE
    }
}
