package coffer.conformance.linearizability;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A set of configurations without those that could do nothing that another one cannot: one that differs only in having
 * spent less has more before it. This keeps the set small however many operations never return.
 */
final class Configurations {
    private record Place(String content, Set<Integer> done) {}

    /** To each place the sets of spent operations, none of which contains another. */
    private final Map<Place, List<Set<Integer>>> spent = new HashMap<>();

    /** Adds one, unless it is there or not needed; returns whether it was added. */
    boolean add(Configuration one) {
        List<Set<Integer>> there =
                spent.computeIfAbsent(new Place(one.content(), one.done()), place -> new ArrayList<>());
        if (there.stream().anyMatch(less -> one.spent().containsAll(less))) {
            return false;
        }
        there.removeIf(more -> more.containsAll(one.spent()));
        there.add(one.spent());
        return true;
    }

    List<Configuration> all() {
        List<Configuration> all = new ArrayList<>();
        spent.forEach(
                (place, sets) -> sets.forEach(set -> all.add(new Configuration(place.content(), place.done(), set))));
        return all;
    }

    boolean isEmpty() {
        return spent.isEmpty();
    }

    /** What the key may contain. */
    Set<String> contents() {
        Set<String> contents = new TreeSet<>();
        spent.keySet().forEach(place -> contents.add(place.content()));
        return contents;
    }
}
