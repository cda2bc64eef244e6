package coffer.store.rados.model;

import static coffer.store.rados.model.RangeState.ABSENT;
import static coffer.store.rados.model.RangeState.OPEN;

import coffer.store.rados.model.RangeBounds.Breach;

/**
 * A commit under way. What it is guarded by was read when it was sent; it arrives at any time later or never, so it is
 * each gateway with a header in its cache and each operation that is late. When it arrives it is acknowledged.
 */
record Committer(int slot) {
    void steps(RangeState state, Model.Steps steps) {
        int at = state.commit(slot);
        if (state.data[at] != 0) {
            arrive(state, state.data[at] - 1, state.data[at + 1], state.data[at + 2], steps);
        } else if (state.sent() < state.bounds.commits()) {
            for (int leaf = 0; leaf < state.bounds.leaves(); leaf++) {
                for (int key = state.low(leaf); state.state(leaf) == OPEN && key < state.high(leaf); key++) {
                    send(state, leaf, key, steps);
                }
            }
        }
    }

    private void send(RangeState state, int leaf, int key, Model.Steps steps) {
        RangeState next = state.copy();
        next.countSent();
        int at = next.commit(slot);
        next.data[at] = (byte) (leaf + 1);
        next.data[at + 1] = (byte) state.epoch(leaf);
        next.data[at + 2] = (byte) key;
        next.data[at + 3] = state.row(leaf, key);
        next.data[at + 4] = Version.after(state.row(leaf, key), next.sent());
        steps.add(() -> "commit " + next.sent() + " to row " + key + " of leaf " + leaf + " is sent", false, next.data);
    }

    private void arrive(RangeState state, int leaf, int epoch, int key, Model.Steps steps) {
        int at = state.commit(slot);
        byte seen = state.data[at + 3];
        byte written = state.data[at + 4];
        boolean headerHolds = state.state(leaf) == OPEN && state.epoch(leaf) == epoch;
        boolean unguarded = state.bounds.breaks(Breach.COMMIT_WITHOUT_HEADER) && state.state(leaf) != ABSENT;
        boolean holds = (headerHolds || unguarded) && state.row(leaf, key) == seen;
        RangeState next = state.copy();
        for (int field = 0; field < RangeState.COMMIT; field++) {
            next.data[at + field] = 0;
        }
        if (holds) {
            next.setRow(leaf, key, written);
            next.setFault(state.truth(key) == seen ? Fault.NONE : Fault.FORKED);
            next.setTruth(key, written);
        }
        String label = "commit " + (written & 15) + " to row " + key + " arrives at leaf " + leaf;
        steps.add(() -> label + (holds ? " and is acknowledged" : ": refused"), false, next.data);
    }
}
