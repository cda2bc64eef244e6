package coffer.request;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Query;

/** Numbers in parameters and headers. */
public final class Numbers {
    private Numbers() {}

    /**
     * How many entries a page of a listing may have.
     *
     * @param name of the parameter; absent or empty means {@code most}
     * @param least the smallest number allowed
     * @param most larger numbers are taken for this one
     * @throws CosException {@code InvalidArgument} if it is not a number from {@code least} up
     */
    public static int pageSize(Query query, String name, int least, int most) {
        return query.nonEmpty(name)
                .map(text -> (int) Math.min(most, within(name, text, least, Integer.MAX_VALUE)))
                .orElse(most);
    }

    /**
     * Reads a decimal number.
     *
     * @param name of the parameter or header, for the message
     * @throws CosException {@code InvalidArgument} if it is not one or not from {@code low} to {@code high}
     */
    public static long within(String name, String text, long low, long high) {
        try {
            long number = Long.parseLong(text);
            if (number >= low && number <= high) {
                return number;
            }
        } catch (NumberFormatException e) {
            // the same error as a number out of range
        }
        throw CosError.INVALID_ARGUMENT.because(
                "Argument " + name + " must be an integer between " + low + " and " + high + ", not '" + text + "'.");
    }
}
