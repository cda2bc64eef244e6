package coffer.store.rados.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Visits every state of a model, breadth first, so that the trace to a bad one is a shortest one.
 *
 * <p>First each state is asked for a violation. Then, if none has one, it is shown of each state that repairing steps
 * alone lead from it to a settled one: whatever has stopped wherever, what remains can finish. Where the choice among
 * repairing steps is fair, they also will.
 */
final class Explorer {
    private static final int NONE = -1;

    private final Model model;
    private final StateSet states;
    private final IntList parents = new IntList();
    private final IntList repairFrom = new IntList();
    private final IntList repairTo = new IntList();
    private long steps;

    private Explorer(Model model, int limit) {
        this.model = model;
        this.states = new StateSet(model.initial().length, limit);
    }

    /**
     * @param states how many were seen
     * @param steps how many led from one to another or the same
     * @param failure the shortest way to a state that is wrong or cannot settle; empty if there is none
     */
    record Result(int states, long steps, Optional<String> failure) {}

    /** Explores all of it; if there are more than {@code limit} states, nothing is shown and it throws. */
    static Result explore(Model model, int limit) {
        return new Explorer(model, limit).run();
    }

    private Result run() {
        visit(model.initial(), NONE);
        for (int current = 0; current < states.size(); current++) {
            byte[] state = states.get(current);
            Optional<String> violation = model.violation(state);
            if (violation.isPresent()) {
                return failed(current, violation.get());
            }
            expand(current, state);
        }
        int stuck = firstThatCannotSettle();
        return stuck == NONE
                ? new Result(states.size(), steps, Optional.empty())
                : failed(stuck, "from here nobody can settle what is left");
    }

    private void expand(int current, byte[] state) {
        model.steps(state, (label, repair, next) -> {
            steps++;
            int index = visit(next, current);
            if (repair) {
                repairFrom.add(current);
                repairTo.add(index);
            }
        });
    }

    private int visit(byte[] state, int parent) {
        int before = states.size();
        int index = states.add(state);
        if (index == before) {
            parents.add(parent);
        }
        return index;
    }

    /** Goes back from the settled states along repairing steps. */
    private int firstThatCannotSettle() {
        int[] start = new int[states.size() + 1];
        for (int edge = 0; edge < repairTo.size(); edge++) {
            start[repairTo.get(edge) + 1]++;
        }
        Arrays.parallelPrefix(start, Integer::sum);
        int[] sources = new int[repairTo.size()];
        int[] filled = start.clone();
        for (int edge = 0; edge < repairTo.size(); edge++) {
            sources[filled[repairTo.get(edge)]++] = repairFrom.get(edge);
        }
        boolean[] settles = new boolean[states.size()];
        IntList queue = new IntList();
        for (int state = 0; state < states.size(); state++) {
            if (model.isSettled(states.get(state))) {
                settles[state] = true;
                queue.add(state);
            }
        }
        for (int head = 0; head < queue.size(); head++) {
            int state = queue.get(head);
            for (int edge = start[state]; edge < start[state + 1]; edge++) {
                if (!settles[sources[edge]]) {
                    settles[sources[edge]] = true;
                    queue.add(sources[edge]);
                }
            }
        }
        for (int state = 0; state < settles.length; state++) {
            if (!settles[state]) {
                return state;
            }
        }
        return NONE;
    }

    private Result failed(int state, String why) {
        List<String> trace = new ArrayList<>();
        trace.add(why);
        for (int at = state; parents.get(at) != NONE; at = parents.get(at)) {
            trace.add(label(parents.get(at), states.get(at)));
        }
        Collections.reverse(trace);
        StringBuilder text = new StringBuilder();
        for (int line = 0; line < trace.size() - 1; line++) {
            text.append("%3d. %s%n".formatted(line + 1, trace.get(line)));
        }
        return new Result(states.size(), steps, Optional.of(text + "  => " + trace.getLast()));
    }

    private String label(int from, byte[] to) {
        List<String> labels = new ArrayList<>();
        model.steps(states.get(from), (label, repair, next) -> {
            if (Arrays.equals(next, to)) {
                labels.add(label.get());
            }
        });
        return labels.getFirst();
    }
}
