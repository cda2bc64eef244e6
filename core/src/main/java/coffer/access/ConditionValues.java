package coffer.access;

import java.util.List;
import java.util.Optional;

/** What a request brings for the conditions of policies. Asked only for keys that a condition names. */
@FunctionalInterface
public interface ConditionValues {
    /** Nothing for any key. */
    ConditionValues NONE = key -> Optional.empty();

    /**
     * The values of a key, for instance {@code qcs:ip} or {@code cos:prefix}; empty if the request does not carry it.
     *
     * @param key in lower case but for the name of a tag, as in {@code s3:existingobjecttag/Team}
     */
    Optional<List<String>> of(String key);

    /** These values with another one, or none, for one key: a request may name the version of an object in many ways. */
    default ConditionValues with(String key, Optional<String> value) {
        return asked -> asked.equals(key) ? value.map(List::of) : of(asked);
    }
}
