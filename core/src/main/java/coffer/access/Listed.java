package coffer.access;

import java.util.List;
import java.util.function.Predicate;

/**
 * What an element of a statement lists, or, in {@code NotAction} and the like, all but that.
 *
 * @param <T> the patterns
 */
record Listed<T>(boolean isInverted, List<T> patterns) {
    Listed {
        patterns = List.copyOf(patterns);
    }

    static <T> Listed<T> of(List<T> patterns) {
        return new Listed<>(false, patterns);
    }

    boolean names(Predicate<T> test) {
        for (T pattern : patterns) {
            if (test.test(pattern)) {
                return !isInverted;
            }
        }
        return isInverted;
    }
}
