package coffer.store.rados.model;

import static coffer.store.rados.model.RangeState.ABSENT;
import static coffer.store.rados.model.RangeState.BUILDING;
import static coffer.store.rados.model.RangeState.MOVED;

import coffer.store.rados.model.RangeBounds.Breach;

/** Deletes what the map object says is left over, at any time: how long it waits is no matter of safety. */
final class Cleaner {
    private Cleaner() {}

    static void steps(RangeState state, Model.Steps steps) {
        for (int leaf = 0; leaf < state.bounds.leaves(); leaf++) {
            boolean early = state.bounds.breaks(Breach.CLEAN_BEFORE_MAP) && state.state(leaf) == MOVED;
            if (state.isLeftOver(leaf) || early) {
                clean(state, leaf, steps);
            }
        }
    }

    private static void clean(RangeState state, int leaf, Model.Steps steps) {
        RangeState next = state.copy();
        if (state.state(leaf) == ABSENT) {
            next.setLeftOver(leaf, false);
            steps.add(() -> "the cleaner forgets leaf " + leaf, true, next.data);
            return;
        }
        if (state.state(leaf) == MOVED || state.state(leaf) == BUILDING) {
            next.deleteLeaf(leaf);
        } else {
            next.setFault(Fault.NEEDED);
        }
        steps.add(() -> "the cleaner deletes leaf " + leaf, true, next.data);
    }
}
