package coffer.access;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One key that a statement's conditions name.
 *
 * <table>
 * <caption>When it holds</caption>
 * <tr><td>the request does not carry the key</td><td>if the operator ends in {@code _if_exist}, not otherwise</td></tr>
 * <tr><td>{@code x_equal}</td><td>a value of the request equals a value here</td></tr>
 * <tr><td>{@code x_not_equal}</td><td>no value of the request equals any here</td></tr>
 * <tr><td>{@code for_any_value:}</td><td>the operator holds for one value of the request</td></tr>
 * <tr><td>{@code for_all_value:}</td><td>the operator holds for each value of the request</td></tr>
 * </table>
 *
 * @param key in lower case but for the name of a tag
 * @param tests the values here, compiled
 * @param narrows whether it holds for a fixed circle of callers only, see {@link Narrowing}
 */
record Condition(
        Operator operator,
        Quantifier quantifier,
        boolean ifExist,
        String key,
        List<Predicate<String>> tests,
        boolean narrows) {
    /** How many of the values a request carries for one key must do. */
    enum Quantifier {
        NONE,
        ANY,
        ALL
    }

    Condition {
        tests = List.copyOf(tests);
    }

    boolean holds(ConditionValues values) {
        Optional<List<String>> actual = values.of(key).filter(list -> !list.isEmpty());
        if (operator == Operator.NULL_EQUAL) {
            return isEqualToAny(Boolean.toString(actual.isEmpty()));
        }
        if (actual.isEmpty()) {
            return ifExist;
        }
        return switch (quantifier) {
            case NONE -> actual.get().stream().anyMatch(this::isEqualToAny) != operator.isNegated();
            case ANY -> actual.get().stream().anyMatch(value -> isEqualToAny(value) != operator.isNegated());
            case ALL -> actual.get().stream().allMatch(value -> isEqualToAny(value) != operator.isNegated());
        };
    }

    private boolean isEqualToAny(String actual) {
        for (Predicate<String> test : tests) {
            if (test.test(actual)) {
                return true;
            }
        }
        return false;
    }
}
