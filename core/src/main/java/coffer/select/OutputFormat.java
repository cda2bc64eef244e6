package coffer.select;

/** The format of a result. */
public sealed interface OutputFormat {
    /** What stands behind each record. */
    String recordDelimiter();

    /**
     * Lines of fields.
     *
     * @param quoteAlways whether every field is quoted, or only those that need it
     */
    record Csv(boolean quoteAlways, String recordDelimiter, char fieldDelimiter, char quote, char quoteEscape)
            implements OutputFormat {}

    /** An object for each record. */
    record Json(String recordDelimiter) implements OutputFormat {}
}
