package coffer.store;

/** What an engine could not do. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** Why. */
    public enum Reason {
        /** The engine cannot be reached, is closed, or a device failed; nothing was changed. */
        UNAVAILABLE,
        /** No space is left; nothing was changed. */
        FULL,
        /** Stored bytes are not what was written. */
        CORRUPT,
        /** What was asked for has been freed. */
        GONE,
        /** A commit may or may not have happened. */
        UNKNOWN
    }

    public StoreException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public StoreException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
