package coffer.store;

/**
 * Something that a check of stored data found wrong.
 *
 * @param kind what it means
 * @param place what is concerned: an object, a file, a segment
 * @param message what is wrong with it, a clause without a full stop
 * @param repaired whether it has been put right
 */
public record Finding(Kind kind, String place, String message, boolean repaired) {
    /** What a finding means to who stored the data. */
    public enum Kind {
        /** Bytes that were acknowledged are damaged or gone. */
        LOSS,
        /** Stored bytes are not what was written; whether anybody needs them, other findings say. */
        DAMAGE,
        /** Space is taken by what nobody can reach. */
        LEAK,
        /** What is kept to find or to free things is wrong. */
        BOOKKEEPING
    }
}
