package coffer.usage;

/**
 * How much is held.
 *
 * @param isApproximate whether it was not counted to the end since the server was stopped the hard way
 */
public record Reading(Amount amount, boolean isApproximate) {
    /** Nothing, for certain. */
    public static final Reading NOTHING = new Reading(Amount.NONE, false);

    Reading plus(Reading other) {
        return new Reading(amount.plus(other.amount), isApproximate || other.isApproximate);
    }
}
