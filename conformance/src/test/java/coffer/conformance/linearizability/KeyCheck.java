package coffer.conformance.linearizability;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The history of one key, gone through in the order of calls and returns with all the configurations that are possible at
 * each moment. Source: G. Lowe, "Testing for Linearizability", 2017: the search of Wing and Gong with the states it has
 * met remembered, in the form that lets an operation take place no earlier than some return needs it ("just in time"). What
 * sees takes place as soon as it can, since it changes nothing. Used once.
 */
final class KeyCheck {
    /** Of the configurations that are gone through for one return. Histories with few unknown outcomes need some hundreds. */
    private static final int MOST_MET = 200_000;

    private final List<Operation> operations;
    private final int mostMet;
    /** Called and, as far as is known, not yet returned. */
    private final Set<Integer> changes = new LinkedHashSet<>();

    private final Set<Integer> sights = new LinkedHashSet<>();
    private Configurations possible = new Configurations();

    private record Event(long at, boolean isReturn, int operation) {}

    KeyCheck(List<Operation> operations) {
        this(operations, MOST_MET);
    }

    /** @param mostMet how many configurations it goes through at most for one return */
    KeyCheck(List<Operation> operations, int mostMet) {
        this.operations = List.copyOf(operations);
        this.mostMet = mostMet;
    }

    Optional<Violation> run() {
        possible.add(new Configuration(Action.ABSENT, Set.of(), Set.of()));
        for (Event event : events()) {
            if (event.isReturn()) {
                Configurations before = possible;
                possible = returned(event.operation());
                if (possible.isEmpty()) {
                    return Optional.of(Violation.of(operations, operations.get(event.operation()), before.contents()));
                }
            } else {
                called(event.operation());
            }
        }
        return Optional.empty();
    }

    /** What happens at the same time may have happened in any order, so calls come first. */
    private List<Event> events() {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < operations.size(); i++) {
            Operation operation = operations.get(i);
            events.add(new Event(operation.calledAt(), false, i));
            if (!operation.isUnknown()) {
                events.add(new Event(operation.returnedAt(), true, i));
            }
        }
        events.sort(Comparator.comparingLong(Event::at).thenComparing(Event::isReturn));
        return events;
    }

    private void called(int operation) {
        if (operations.get(operation).action().isChange()) {
            changes.add(operation);
            return;
        }
        sights.add(operation);
        Configurations seen = new Configurations();
        possible.all().forEach(one -> seen.add(looked(one)));
        possible = seen;
    }

    /**
     * All that is possible now that this operation must have taken place.
     *
     * @throws IllegalStateException if that cannot be found out in a reasonable time
     */
    private Configurations returned(int operation) {
        Configurations next = new Configurations();
        Configurations met = new Configurations();
        // Those that have spent little come first, so that they make the others superfluous.
        Queue<Configuration> open =
                new PriorityQueue<>(Comparator.comparingInt(one -> one.spent().size()));
        open.addAll(possible.all());
        for (int taken = 0; !open.isEmpty(); taken++) {
            if (taken == mostMet) {
                throw new IllegalStateException("There are too many outcomes that are unknown to tell whether "
                        + operations.get(operation) + " is possible.");
            }
            Configuration one = open.remove();
            if (one.done().contains(operation)) {
                next.add(one.returned(operation));
            } else if (met.add(one)) {
                changesOf(one).forEach(change -> open.add(changed(one, change)));
            }
        }
        changes.remove(operation);
        sights.remove(operation);
        return next;
    }

    /** The changes that may take place next. */
    private List<Integer> changesOf(Configuration now) {
        List<Integer> next = new ArrayList<>();
        Set<Action> unknown = new HashSet<>();
        for (int change : changes) {
            Operation operation = operations.get(change);
            if (isOver(change, now) || !operation.action().isPossible(now.content())) {
                continue;
            }
            // What never returns can wait until its content is asked for, and one such change is as good as another.
            if (!operation.isUnknown()
                    || (isAwaited(operation.action().after(now.content()), change, now)
                            && unknown.add(operation.action()))) {
                next.add(change);
            }
        }
        return next;
    }

    /** Whether something that depends on it could take place with this content. */
    private boolean isAwaited(String content, int change, Configuration now) {
        return Stream.concat(sights.stream(), changes.stream())
                .filter(other -> other != change && !isOver(other, now))
                .map(other -> operations.get(other).action())
                .anyMatch(action -> action.isConditional() && action.isPossible(content));
    }

    private static boolean isOver(int operation, Configuration now) {
        return now.done().contains(operation) || now.spent().contains(operation);
    }

    private Configuration changed(Configuration before, int change) {
        Operation operation = operations.get(change);
        return looked(
                before.after(change, operation.isUnknown(), operation.action().after(before.content())));
    }

    /** All that waits to see the content has seen it. */
    private Configuration looked(Configuration now) {
        Configuration seen = now;
        for (int sight : sights) {
            if (operations.get(sight).action().isPossible(now.content())) {
                seen = seen.after(sight, false, now.content());
            }
        }
        return seen;
    }
}
