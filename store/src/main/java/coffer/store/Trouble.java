package coffer.store;

/**
 * Why an engine accepts no change until somebody acts.
 *
 * @param sentence what is wrong and what to do, for an operator
 */
public record Trouble(Kind kind, String sentence) {
    /** What is wrong. */
    public enum Kind {
        /** There is no space left. */
        FULL,
        /** Nothing can be written where the store is. */
        READ_ONLY,
        /** What holds the store does not answer. */
        UNREACHABLE,
        /** It is no longer known what was written; starting the server again finds out. */
        BROKEN
    }
}
