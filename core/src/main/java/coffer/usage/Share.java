package coffer.usage;

/**
 * What one process has done to a bucket since it began.
 *
 * @param amount how much more the bucket holds by it
 * @param commits how many commits that were
 */
public record Share(Amount amount, long commits) {
    /** Nothing. */
    public static final Share NONE = new Share(Amount.NONE, 0);

    Share plus(Share other) {
        return new Share(amount.plus(other.amount), commits + other.commits);
    }

    Share minus(Share other) {
        return new Share(amount.minus(other.amount), commits - other.commits);
    }
}
