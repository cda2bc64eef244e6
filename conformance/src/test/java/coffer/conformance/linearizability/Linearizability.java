package coffer.conformance.linearizability;

import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Decides whether a history is linearizable: whether there is one order of its operations in which each takes place
 * between its call and its return and sees what those before it left. Keys are decided one by one, which is the same for
 * operations on one key each (Herlihy and Wing, 1990); a listing counts as one read of each key.
 */
final class Linearizability {
    private Linearizability() {}

    /** The first contradiction of each key that has one; keys are absent at first. */
    static List<Violation> check(Collection<Operation> history) {
        return history.stream()
                .collect(Collectors.groupingBy(Operation::key, TreeMap::new, Collectors.toList()))
                .values()
                .stream()
                .flatMap(operations -> new KeyCheck(operations).run().stream())
                .toList();
    }
}
