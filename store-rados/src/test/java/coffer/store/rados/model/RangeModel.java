package coffer.store.rados.model;

import static coffer.store.rados.model.RangeState.ABSENT;
import static coffer.store.rados.model.RangeState.BUILDING;
import static coffer.store.rados.model.RangeState.MOVED;
import static coffer.store.rados.model.RangeState.OPEN;
import static coffer.store.rados.model.RangeState.SEALED;

import java.util.Optional;

/** Ranges that split and merge under writers, a reader and a cleaner. Each step is one operation on one object. */
record RangeModel(RangeBounds bounds) implements Model {
    @Override
    public byte[] initial() {
        return RangeState.initial(bounds).data;
    }

    @Override
    public void steps(byte[] data, Steps steps) {
        RangeState state = RangeState.of(bounds, data);
        for (int planner = 0; planner < bounds.planners(); planner++) {
            new Planner(planner).steps(state, steps);
        }
        for (int finisher = 0; finisher < bounds.finishers(); finisher++) {
            new Finisher(finisher).steps(state, steps);
        }
        for (int slot = 0; slot < bounds.inFlight(); slot++) {
            new Committer(slot).steps(state, steps);
        }
        if (bounds.listing()) {
            Lister.steps(state, steps);
        }
        Cleaner.steps(state, steps);
    }

    @Override
    public Optional<String> violation(byte[] data) {
        RangeState state = RangeState.of(bounds, data);
        if (state.fault() != Fault.NONE) {
            return Optional.of(state.fault().words);
        }
        for (int leaf = 0; leaf < bounds.leaves(); leaf++) {
            Optional<String> wrong = wrongLeaf(state, leaf);
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        for (int key = 0; key < bounds.keys(); key++) {
            Optional<String> wrong = wrongKey(state, key);
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        return Optional.empty();
    }

    /** A leaf on its way always has the plan that says where to, and the children it goes to. */
    private Optional<String> wrongLeaf(RangeState state, int leaf) {
        byte is = state.state(leaf);
        if (is == MOVED && !state.mapNames(leaf) && !state.isLeftOver(leaf)) {
            return Optional.of("leaf " + leaf + " has moved and nothing says that it is to be deleted");
        }
        if (is != SEALED && (is != MOVED || !state.mapNames(leaf))) {
            return Optional.empty();
        }
        int plan = state.planOf(leaf);
        if (!state.isPending(plan)) {
            return Optional.of("leaf " + leaf + " waits for a plan that is not there");
        }
        for (int child = 0; child < state.planned(plan).children(); child++) {
            if (state.state(bounds.child(plan, child)) == ABSENT) {
                return Optional.of(
                        "leaf " + leaf + " goes to leaf " + bounds.child(plan, child) + ", which is not there");
            }
        }
        return Optional.empty();
    }

    /** Whatever cache it comes from: what a reader may believe is the last version, and in one place at most. */
    private Optional<String> wrongKey(RangeState state, int key) {
        int readable = 0;
        for (int leaf = 0; leaf < bounds.leaves(); leaf++) {
            if (!state.isReadable(leaf) || !state.covers(leaf, key)) {
                continue;
            }
            if (state.row(leaf, key) != state.truth(key)) {
                return Optional.of("leaf " + leaf + " may be read and does not have the last version of row " + key);
            }
            readable++;
        }
        int named = state.lookUp(state.map(), key);
        if (readable > 1) {
            return Optional.of("row " + key + " may be read in two places");
        }
        return state.state(named) == MOVED ? wrongSuccessor(state, named, key) : wrongNamed(state, named, key);
    }

    private static Optional<String> wrongNamed(RangeState state, int named, int key) {
        boolean right = state.isReadable(named) && state.covers(named, key) && !state.isLeftOver(named);
        return right
                ? Optional.empty()
                : Optional.of("the map leads row " + key + " to leaf " + named + ", not in use");
    }

    private Optional<String> wrongSuccessor(RangeState state, int moved, int key) {
        int plan = state.planOf(moved);
        int leaf = bounds.child(plan, state.planned(plan).childOf(key));
        boolean right = (state.state(leaf) == BUILDING || state.state(leaf) == OPEN)
                && state.covers(leaf, key)
                && !state.isLeftOver(leaf)
                && state.row(leaf, key) == state.truth(key);
        return right
                ? Optional.empty()
                : Optional.of("leaf " + moved + " has moved and leaf " + leaf + " does not have row " + key);
    }

    /** What is left may be a leaf that its creator made after its plan was given up and cleaned, and then crashed. */
    @Override
    public boolean isSettled(byte[] data) {
        RangeState state = RangeState.of(bounds, data);
        boolean settled = state.nothingIsLeftOver();
        for (int plan = 0; plan < state.planned(); plan++) {
            settled &= !state.isPending(plan);
        }
        for (int leaf = 0; leaf < bounds.leaves(); leaf++) {
            byte is = state.state(leaf);
            settled &= is == ABSENT || is == BUILDING || (is == OPEN && state.mapNames(leaf));
        }
        return settled;
    }
}
