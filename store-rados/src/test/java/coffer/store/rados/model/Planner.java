package coffer.store.rados.model;

import static coffer.store.rados.model.RangeState.ABSENT;
import static coffer.store.rados.model.RangeState.BUILDING;
import static coffer.store.rados.model.RangeState.OPEN;
import static coffer.store.rados.model.RangeState.SEALED;

import coffer.store.rados.model.RangeBounds.Breach;
import java.util.Arrays;

/**
 * A gateway that begins splits and merges and leaves the rest to the finishers. It may stop anywhere: each state where it
 * does not go on is one where it has crashed.
 */
record Planner(int planner) {
    /** Reads the map and the first parent's header. */
    private static final byte READ = 0;
    /** Writes the row of the plan. */
    private static final byte PLAN = 1;

    private static final byte CREATE_FIRST = 2;
    private static final byte CREATE_SECOND = 3;
    private static final byte SEAL = 4;
    /** Its seal was refused: removes what it created. */
    private static final byte DROP_FIRST = 5;

    private static final byte DROP_SECOND = 6;

    void steps(RangeState state, Model.Steps steps) {
        int at = state.planner(planner);
        int plan = state.data[at + 1];
        switch (state.data[at]) {
            case READ -> read(state, steps);
            case PLAN -> write(state, steps);
            case CREATE_FIRST -> create(state, plan, 0, state.planned(plan).isMerge() ? SEAL : CREATE_SECOND, steps);
            case CREATE_SECOND -> create(state, plan, 1, SEAL, steps);
            case SEAL -> seal(state, plan, steps);
            case DROP_FIRST -> drop(state, plan, 0, state.planned(plan).isMerge() ? READ : DROP_SECOND, steps);
            case DROP_SECOND -> drop(state, plan, 1, READ, steps);
            default -> throw new IllegalStateException();
        }
    }

    private void read(RangeState state, Model.Steps steps) {
        if (state.planned() == state.bounds.plans()) {
            return;
        }
        for (int key = 0; key < state.bounds.keys(); key++) {
            int leaf = state.mapAt(key) - 1;
            if (leaf < 0 || state.state(leaf) != OPEN) {
                continue;
            }
            for (int middle = state.low(leaf) + 1; middle < state.high(leaf); middle++) {
                choose(state, new Plan(leaf, state.epoch(leaf), 0, middle, state.low(leaf), state.high(leaf)), steps);
            }
            int other = state.high(leaf) < state.bounds.keys() ? state.mapAt(state.high(leaf)) : 0;
            if (other != 0) {
                int high = state.high(other - 1);
                choose(state, new Plan(leaf, state.epoch(leaf), other, state.high(leaf), state.low(leaf), high), steps);
            }
        }
    }

    private void choose(RangeState state, Plan plan, Model.Steps steps) {
        RangeState next = at(state, PLAN, 0);
        plan.write(next.data, next.planner(planner) + 2);
        steps.add(() -> this + " reads the map and a header, chooses " + plan, false, next.data);
    }

    private void write(RangeState state, Model.Steps steps) {
        Plan plan = Plan.read(state.data, state.planner(planner) + 2);
        boolean isFree = isFree(state, plan);
        RangeState next = at(state, isFree ? CREATE_FIRST : READ, isFree ? state.planned() : 0);
        if (isFree) {
            next.addPlan(plan);
        }
        steps.add(() -> this + " writes the row of its plan" + (isFree ? "" : ": refused"), false, next.data);
    }

    /** What the guards on the rows of the map and of the plans say. */
    private static boolean isFree(RangeState state, Plan plan) {
        boolean named = state.mapNames(plan.parent()) && (!plan.isMerge() || state.mapNames(plan.second()));
        if (!named || state.planned() == state.bounds.plans()) {
            return false;
        }
        for (int pending = 0; pending < state.planned(); pending++) {
            Plan other = state.planned(pending);
            boolean collides = other.takes(plan.parent()) || (plan.isMerge() && other.takes(plan.second()));
            if (state.isPending(pending) && collides && !state.bounds.breaks(Breach.PLANS_NOT_EXCLUSIVE)) {
                return false;
            }
        }
        return true;
    }

    private void create(RangeState state, int plan, int which, byte then, Model.Steps steps) {
        int leaf = state.bounds.child(plan, which);
        boolean isNew = state.state(leaf) == ABSENT;
        RangeState next = at(state, isNew ? then : READ, isNew ? plan : 0);
        if (isNew) {
            Plan of = state.planned(plan);
            int low = which == 0 ? of.low() : of.middle();
            int high = which == 0 && !of.isMerge() ? of.middle() : of.high();
            next.setLeaf(leaf, BUILDING, 0, plan, low, high);
        }
        steps.add(() -> this + " creates leaf " + leaf + (isNew ? "" : ": exists"), false, next.data);
    }

    private void seal(RangeState state, int plan, Model.Steps steps) {
        Plan of = state.planned(plan);
        boolean sameEpoch =
                state.epoch(of.parent()) == of.epoch() || state.bounds.breaks(Breach.HEADER_READ_AFTER_PLAN);
        boolean holds = state.state(of.parent()) == OPEN && sameEpoch;
        RangeState next = at(state, holds ? READ : DROP_FIRST, holds ? 0 : plan);
        if (holds) {
            next.setHeader(of.parent(), SEALED, plan);
        }
        steps.add(() -> this + " seals leaf " + of.parent() + (holds ? "" : ": refused"), false, next.data);
    }

    private void drop(RangeState state, int plan, int which, byte then, Model.Steps steps) {
        int leaf = state.bounds.child(plan, which);
        boolean holds = state.is(leaf, BUILDING, plan);
        RangeState next = at(state, then, then == READ ? 0 : plan);
        if (holds) {
            next.deleteLeaf(leaf);
        }
        steps.add(() -> this + " removes leaf " + leaf + (holds ? "" : ": refused"), false, next.data);
    }

    /** A copy where this planner stands somewhere else. */
    private RangeState at(RangeState state, byte step, int plan) {
        RangeState next = state.copy();
        int at = next.planner(planner);
        next.data[at] = step;
        next.data[at + 1] = (byte) plan;
        Arrays.fill(next.data, at + 2, at + 2 + Plan.BYTES, (byte) 0);
        return next;
    }

    @Override
    public String toString() {
        return "planner " + planner;
    }
}
