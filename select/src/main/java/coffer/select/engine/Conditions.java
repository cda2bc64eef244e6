package coffer.select.engine;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.select.value.Untyped;
import coffer.select.value.Values;

/** Values as conditions. */
final class Conditions {
    private Conditions() {}

    /** Whether a condition holds; it does not if that is unknown. */
    static boolean holds(Object value) {
        return !Values.isAbsent(value) && truth(value);
    }

    /**
     * A value that is there, as a condition.
     *
     * @throws CosException {@code EvaluatorInvalidArguments}
     */
    static boolean truth(Object value) {
        if (value instanceof Boolean flag) {
            return flag;
        }
        if (value instanceof Untyped field) {
            String text = field.text().strip();
            if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
                return text.equalsIgnoreCase("true");
            }
        }
        throw CosError.EVALUATOR_INVALID_ARGUMENTS.because("'" + Values.shown(value) + "' is neither TRUE nor FALSE.");
    }
}
