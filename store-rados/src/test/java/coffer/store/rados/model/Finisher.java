package coffer.store.rados.model;

import static coffer.store.rados.model.RangeState.ABSENT;
import static coffer.store.rados.model.RangeState.BUILDING;
import static coffer.store.rados.model.RangeState.MOVED;
import static coffer.store.rados.model.RangeState.OPEN;
import static coffer.store.rados.model.RangeState.SEALED;

import coffer.store.rados.model.RangeBounds.Breach;

/**
 * A gateway that has met a plan and does what is left of it, whoever else does the same. What it does is what it last
 * read says; each change is guarded, so it may be as late as it likes.
 */
record Finisher(int finisher) {
    /** Reads the plans in the map object. */
    private static final byte IDLE = 0;
    /** Reads the header of the first parent, and raises its epoch if nobody has sealed it. */
    private static final byte LOOK = 1;
    /** Gives the plan up in the map object. */
    private static final byte GIVE_UP = 2;

    private static final byte SEAL_SECOND = 3;
    private static final byte READ_ROW = 4;
    private static final byte WRITE_ROW = 5;
    private static final byte MOVE_FIRST = 6;
    private static final byte MOVE_SECOND = 7;
    private static final byte OPEN_FIRST = 8;
    private static final byte OPEN_SECOND = 9;
    private static final byte MAP = 10;

    void steps(RangeState state, Model.Steps steps) {
        int at = state.finisher(finisher);
        int number = state.data[at + 1];
        if (state.data[at] == IDLE) {
            for (int plan = 0; plan < state.planned(); plan++) {
                if (state.isPending(plan)) {
                    step(steps, "reads plan " + plan, to(state, LOOK, plan));
                }
            }
            return;
        }
        Plan plan = state.planned(number);
        int key = state.data[at + 2];
        switch (state.data[at]) {
            case LOOK -> look(state, number, plan, steps);
            case GIVE_UP -> giveUp(state, number, plan, steps);
            case SEAL_SECOND -> sealSecond(state, number, plan, steps);
            case READ_ROW -> readRow(state, number, plan, key, steps);
            case WRITE_ROW -> writeRow(state, number, plan, key, steps);
            case MOVE_FIRST -> move(state, number, plan.parent(), afterFirstMove(state, plan), steps);
            case MOVE_SECOND -> move(state, number, plan.second(), OPEN_FIRST, steps);
            case OPEN_FIRST -> open(state, number, 0, afterFirstOpen(state, plan), steps);
            case OPEN_SECOND -> open(state, number, 1, MAP, steps);
            case MAP -> map(state, number, plan, steps);
            default -> throw new IllegalStateException();
        }
    }

    private void look(RangeState state, int number, Plan plan, Model.Steps steps) {
        int leaf = plan.parent();
        String label = "reads the header of leaf " + leaf;
        if (state.state(leaf) == OPEN) {
            boolean raises = state.epoch(leaf) == plan.epoch() && !state.bounds.breaks(Breach.ABORT_WITHOUT_RAISE);
            if (state.bounds.breaks(Breach.COPY_BEFORE_SEAL)) {
                step(steps, label, atRow(state, number, plan, plan.low()));
            }
            RangeState next = to(state, GIVE_UP, number);
            if (raises) {
                next.raiseEpoch(leaf);
            }
            step(steps, raises ? "raises the epoch of leaf " + leaf : label, next);
        } else if (state.is(leaf, SEALED, number)) {
            step(
                    steps,
                    label,
                    plan.isMerge() ? to(state, SEAL_SECOND, number) : atRow(state, number, plan, plan.low()));
        } else if (state.is(leaf, MOVED, number)) {
            step(steps, label, to(state, plan.isMerge() ? MOVE_SECOND : OPEN_FIRST, number));
        } else {
            step(steps, label, to(state, IDLE, 0));
        }
    }

    private void giveUp(RangeState state, int number, Plan plan, Model.Steps steps) {
        RangeState next = to(state, IDLE, 0);
        if (state.isPending(number)) {
            next.removePlan(number);
            for (int child = 0; child < plan.children(); child++) {
                next.setLeftOver(state.bounds.child(number, child), true);
            }
        }
        step(steps, "gives plan " + number + " up", next);
    }

    private void sealSecond(RangeState state, int number, Plan plan, Model.Steps steps) {
        int leaf = plan.second();
        if (state.state(leaf) == OPEN) {
            RangeState next = atRow(state, number, plan, plan.low());
            next.setHeader(leaf, SEALED, number);
            step(steps, "seals leaf " + leaf, next);
        } else {
            boolean sealed = state.is(leaf, SEALED, number);
            step(
                    steps,
                    "finds leaf " + leaf + " no longer open",
                    sealed ? atRow(state, number, plan, plan.low()) : to(state, LOOK, number));
        }
    }

    private void readRow(RangeState state, int number, Plan plan, int key, Model.Steps steps) {
        int leaf = plan.source(key);
        boolean early = state.bounds.breaks(Breach.COPY_BEFORE_SEAL) && state.state(leaf) == OPEN;
        if (state.is(leaf, SEALED, number) || state.is(leaf, MOVED, number) || early) {
            RangeState next = to(state, WRITE_ROW, number);
            next.data[next.finisher(finisher) + 2] = (byte) key;
            next.data[next.finisher(finisher) + 3] = state.row(leaf, key);
            step(steps, "reads row " + key + " of leaf " + leaf, next);
        } else {
            step(steps, "finds leaf " + leaf + " gone", to(state, LOOK, number));
        }
    }

    private void writeRow(RangeState state, int number, Plan plan, int key, Model.Steps steps) {
        int leaf = state.bounds.child(number, plan.childOf(key));
        boolean unguarded = state.bounds.breaks(Breach.COPY_WITHOUT_GUARD) && state.state(leaf) != ABSENT;
        if (state.is(leaf, BUILDING, number) || unguarded) {
            RangeState next = atRow(state, number, plan, key + 1);
            next.setRow(leaf, key, state.data[state.finisher(finisher) + 3]);
            step(steps, "copies row " + key + " into leaf " + leaf, next);
        } else {
            step(steps, "is refused to copy into leaf " + leaf, to(state, LOOK, number));
        }
    }

    private void move(RangeState state, int number, int leaf, byte then, Model.Steps steps) {
        if (state.is(leaf, SEALED, number)) {
            RangeState next = to(state, then, number);
            next.setHeader(leaf, MOVED, number);
            step(steps, "moves leaf " + leaf, next);
        } else {
            boolean moved = state.is(leaf, MOVED, number);
            step(steps, "is refused to move leaf " + leaf, to(state, moved ? then : LOOK, number));
        }
    }

    private void open(RangeState state, int number, int which, byte then, Model.Steps steps) {
        int leaf = state.bounds.child(number, which);
        RangeState next = to(state, then, number);
        if (state.is(leaf, BUILDING, number)) {
            next.setHeader(leaf, OPEN, state.bounds.plans());
        }
        step(steps, "opens leaf " + leaf, next);
    }

    private void map(RangeState state, int number, Plan plan, Model.Steps steps) {
        RangeState next = to(state, IDLE, 0);
        if (state.isPending(number)) {
            next.removePlan(number);
            boolean notes = !state.bounds.breaks(Breach.MAP_WITHOUT_LEFTOVERS);
            for (int key = 0; key < state.bounds.keys(); key++) {
                int leaf = state.mapAt(key) - 1;
                if (leaf >= 0 && plan.takes(leaf)) {
                    next.setMap(key, 0);
                    next.setLeftOver(leaf, notes);
                }
            }
            next.setMap(plan.low(), state.bounds.child(number, 0) + 1);
            if (!plan.isMerge()) {
                next.setMap(plan.middle(), state.bounds.child(number, 1) + 1);
            }
        }
        step(steps, "puts plan " + number + " into the map", next);
    }

    /** Before the row of a key is read, or before the first parent moves if all rows are copied. */
    private RangeState atRow(RangeState state, int number, Plan plan, int key) {
        if (key == plan.high()) {
            boolean early = state.bounds.breaks(Breach.OPEN_BEFORE_MOVE);
            return to(state, early ? OPEN_FIRST : MOVE_FIRST, number);
        }
        RangeState next = to(state, READ_ROW, number);
        next.data[next.finisher(finisher) + 2] = (byte) key;
        return next;
    }

    private static byte afterFirstMove(RangeState state, Plan plan) {
        boolean opens = !plan.isMerge() || state.bounds.breaks(Breach.OPEN_AFTER_ONE_MOVE);
        return opens ? OPEN_FIRST : MOVE_SECOND;
    }

    private static byte afterFirstOpen(RangeState state, Plan plan) {
        if (plan.isMerge()) {
            return state.bounds.breaks(Breach.OPEN_AFTER_ONE_MOVE) ? MOVE_SECOND : MAP;
        }
        return OPEN_SECOND;
    }

    /** A copy where this finisher stands somewhere else. */
    private RangeState to(RangeState state, byte step, int plan) {
        RangeState next = state.copy();
        int at = next.finisher(finisher);
        next.data[at] = step;
        next.data[at + 1] = (byte) plan;
        next.data[at + 2] = 0;
        next.data[at + 3] = 0;
        return next;
    }

    /** What the first finisher does must suffice, whoever else has stopped. */
    private void step(Model.Steps steps, String what, RangeState next) {
        steps.add(() -> "finisher " + finisher + " " + what, finisher == 0, next.data);
    }
}
