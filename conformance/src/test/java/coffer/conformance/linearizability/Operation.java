package coffer.conformance.linearizability;

/**
 * One action of one client on one key. It took place at some moment between its call and its return, or, if it has
 * {@linkplain #NEVER not returned}, at any moment after its call, or not at all.
 *
 * @param client who did it, for messages
 * @param calledAt in nanoseconds of one clock for the whole history
 * @param returnedAt when its outcome was known
 */
record Operation(int client, String key, Action action, long calledAt, long returnedAt) {
    /** The return of an operation whose outcome nobody knows. */
    static final long NEVER = Long.MAX_VALUE;

    Operation {
        if (returnedAt < calledAt) {
            throw new IllegalArgumentException("it returned before it was called");
        }
        if (returnedAt == NEVER && !action.isChange()) {
            throw new IllegalArgumentException("nothing was seen by what has not returned");
        }
    }

    /** Whether nobody knows if this took place. */
    boolean isUnknown() {
        return returnedAt == NEVER;
    }
}
