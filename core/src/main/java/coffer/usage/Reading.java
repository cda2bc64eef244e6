package coffer.usage;

/**
 * How much is held.
 *
 * @param isApproximate whether it is still to be counted, since a process was killed that had written
 */
public record Reading(Amount amount, boolean isApproximate) {
    /** Nothing, for certain. */
    public static final Reading NOTHING = new Reading(Amount.NONE, false);

    Reading plus(Reading other) {
        return new Reading(amount.plus(other.amount), isApproximate || other.isApproximate);
    }

    Reading plus(Amount other) {
        return new Reading(amount.plus(other), isApproximate);
    }
}
