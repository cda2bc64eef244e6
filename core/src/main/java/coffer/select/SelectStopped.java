package coffer.select;

/** A query ends, since its client is gone or its time is over. */
public final class SelectStopped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SelectStopped() {
        super("the query was stopped", null, false, false);
    }
}
