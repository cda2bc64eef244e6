package coffer.store.rados.model;

import static coffer.store.rados.model.RangeState.MOVED;

import coffer.store.rados.model.RangeBounds.Breach;

/**
 * A gateway that lists the space again and again with a map that is as old as can be, one leaf at a time. A read of one
 * key is the same with one page. It remembers for each key what was acknowledged when it began.
 */
final class Lister {
    private Lister() {}

    static void steps(RangeState state, Model.Steps steps) {
        int keys = state.bounds.keys();
        int at = state.lister();
        int position = state.data[at] - 1;
        if (position < 0) {
            RangeState next = state.copy();
            next.data[at] = 1;
            for (int key = 0; key < keys; key++) {
                next.data[at + 1 + keys + key] = state.acknowledged(key);
            }
            steps.add(() -> "a listing begins", false, next.data);
            return;
        }
        int leaf = state.lookUp(at + 1, position);
        boolean wrongly = state.bounds.breaks(Breach.READ_OF_MOVED) && state.state(leaf) == MOVED;
        if ((state.isReadable(leaf) || wrongly) && state.covers(leaf, position)) {
            page(state, leaf, position, steps);
        } else {
            reload(state, leaf, position, steps);
        }
    }

    private static void page(RangeState state, int leaf, int position, Model.Steps steps) {
        int keys = state.bounds.keys();
        int at = state.lister();
        RangeState next = state.copy();
        int end = state.high(leaf);
        for (int key = position; key < end; key++) {
            byte version = state.row(leaf, key);
            if (Version.isOlder(version, state.data[at + 1 + keys + key])) {
                next.setFault(Fault.OLD_READ);
            } else if (version != state.truth(key)) {
                next.setFault(Fault.WRONG_READ);
            }
        }
        if (state.bounds.breaks(Breach.LISTING_BY_MAP)) {
            end = nextLow(state, position);
            if (end > state.high(leaf)) {
                next.setFault(Fault.SKIPPED);
            }
        }
        boolean isLast = end >= keys;
        next.data[at] = (byte) (isLast ? 0 : end + 1);
        for (int key = 0; isLast && key < keys; key++) {
            next.data[at + 1 + keys + key] = 0;
        }
        steps.add(() -> "the listing reads leaf " + leaf + " from row " + position, false, next.data);
    }

    private static int nextLow(RangeState state, int position) {
        int low = position + 1;
        while (low < state.bounds.keys() && state.data[state.lister() + 1 + low] == 0) {
            low++;
        }
        return low;
    }

    private static void reload(RangeState state, int leaf, int position, Model.Steps steps) {
        RangeState next = state.copy();
        for (int key = 0; key < state.bounds.keys(); key++) {
            if (key <= position || !state.bounds.breaks(Breach.LISTING_BY_MAP)) {
                next.data[next.lister() + 1 + key] = (byte) state.mapAt(key);
            }
        }
        steps.add(() -> "the listing does not believe leaf " + leaf + " and reads the map", false, next.data);
    }
}
