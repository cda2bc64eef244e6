package coffer.conformance.linearizability;

import java.util.HashSet;
import java.util.Set;

/**
 * How things may stand with a key at some moment. Operations are named by their place in the list of them.
 *
 * @param content of the key
 * @param done those that have taken place, of those that are to return later
 * @param spent those that have taken place, of those that never return
 */
record Configuration(String content, Set<Integer> done, Set<Integer> spent) {
    Configuration {
        done = Set.copyOf(done);
        spent = Set.copyOf(spent);
    }

    /** An operation has taken place that left this content. */
    Configuration after(int operation, boolean isUnknown, String left) {
        return isUnknown
                ? new Configuration(left, done, with(spent, operation))
                : new Configuration(left, with(done, operation), spent);
    }

    /** An operation, which had taken place, has returned. */
    Configuration returned(int operation) {
        Set<Integer> fewer = new HashSet<>(done);
        fewer.remove(operation);
        return new Configuration(content, fewer, spent);
    }

    private static Set<Integer> with(Set<Integer> set, int element) {
        Set<Integer> more = new HashSet<>(set);
        more.add(element);
        return more;
    }
}
