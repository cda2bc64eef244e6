package coffer.store.rados.model;

import java.util.Arrays;

/**
 * One state: the objects in RADOS, what each actor remembers, and what a reader may expect. Keys, leaves and plans are
 * numbers from 0; where none can stand, the number plus one is stored and 0 is none.
 */
final class RangeState {
    /** States of a leaf; an absent one has all fields 0. */
    static final byte ABSENT = 0;

    static final byte BUILDING = 1;
    static final byte OPEN = 2;
    static final byte SEALED = 3;
    static final byte MOVED = 4;

    private static final int LEAF_HEADER = 5;
    private static final int PLAN = 1 + Plan.BYTES;
    private static final int PLANNER = 2 + Plan.BYTES;
    private static final int FINISHER = 4;
    static final int COMMIT = 5;

    final RangeBounds bounds;
    final byte[] data;

    private RangeState(RangeBounds bounds, byte[] data) {
        this.bounds = bounds;
        this.data = data;
    }

    static RangeState of(RangeBounds bounds, byte[] data) {
        return new RangeState(bounds, data);
    }

    /** One open leaf with all keys, named by the map that every gateway has. */
    static RangeState initial(RangeBounds bounds) {
        RangeState state = new RangeState(bounds, new byte[0]);
        state = new RangeState(bounds, new byte[state.ghosts() + 2 * bounds.keys() + 2]);
        state.setLeaf(0, OPEN, 0, bounds.plans(), 0, bounds.keys());
        for (int key = 0; key < bounds.keys(); key++) {
            state.setRow(0, key, Version.FIRST);
            state.setTruth(key, Version.FIRST);
        }
        state.setMap(0, 1);
        state.data[state.lister() + 1] = 1;
        return state;
    }

    RangeState copy() {
        return new RangeState(bounds, data.clone());
    }

    // Leaves: state, epoch, plan, low, high, a row for each key (0: none)

    private int leaf(int leaf) {
        return leaf * (LEAF_HEADER + bounds.keys());
    }

    void setLeaf(int leaf, byte state, int epoch, int plan, int low, int high) {
        int at = leaf(leaf);
        data[at] = state;
        data[at + 1] = (byte) epoch;
        data[at + 2] = (byte) plan;
        data[at + 3] = (byte) low;
        data[at + 4] = (byte) high;
    }

    void deleteLeaf(int leaf) {
        Arrays.fill(data, leaf(leaf), leaf(leaf + 1), (byte) 0);
    }

    byte state(int leaf) {
        return data[leaf(leaf)];
    }

    int epoch(int leaf) {
        return data[leaf(leaf) + 1];
    }

    /** The plan that a building leaf is made by, or that a sealed or moved one goes by. */
    int planOf(int leaf) {
        return data[leaf(leaf) + 2];
    }

    int low(int leaf) {
        return data[leaf(leaf) + 3];
    }

    int high(int leaf) {
        return data[leaf(leaf) + 4];
    }

    void setHeader(int leaf, byte state, int plan) {
        data[leaf(leaf)] = state;
        data[leaf(leaf) + 2] = (byte) plan;
    }

    void raiseEpoch(int leaf) {
        data[leaf(leaf) + 1]++;
    }

    boolean is(int leaf, byte state, int plan) {
        boolean samePlan = planOf(leaf) == plan || bounds.breaks(RangeBounds.Breach.REUSED_IDS);
        return state(leaf) == state && samePlan;
    }

    boolean isReadable(int leaf) {
        return state(leaf) == OPEN || state(leaf) == SEALED;
    }

    boolean covers(int leaf, int key) {
        return low(leaf) <= key && key < high(leaf);
    }

    byte row(int leaf, int key) {
        return data[leaf(leaf) + LEAF_HEADER + key];
    }

    void setRow(int leaf, int key, byte version) {
        data[leaf(leaf) + LEAF_HEADER + key] = version;
    }

    // The map object: a row for each low (leaf + 1), a row for each pending plan, the leaves that are left over

    int map() {
        return leaf(bounds.leaves());
    }

    /** The leaf whose range begins at this key, plus one. */
    int mapAt(int key) {
        return data[map() + key];
    }

    void setMap(int key, int leafPlusOne) {
        data[map() + key] = (byte) leafPlusOne;
    }

    /** The leaf that a map, here or in a gateway's memory, names for a key. */
    int lookUp(int map, int key) {
        int low = key;
        while (data[map + low] == 0) {
            low--;
        }
        return data[map + low] - 1;
    }

    boolean mapNames(int leaf) {
        for (int key = 0; key < bounds.keys(); key++) {
            if (mapAt(key) == leaf + 1) {
                return true;
            }
        }
        return false;
    }

    private int leftovers() {
        return map() + bounds.keys();
    }

    boolean isLeftOver(int leaf) {
        return (data[leftovers()] & (1 << leaf)) != 0;
    }

    boolean nothingIsLeftOver() {
        return data[leftovers()] == 0;
    }

    void setLeftOver(int leaf, boolean isLeft) {
        int bit = 1 << leaf;
        data[leftovers()] = (byte) (isLeft ? data[leftovers()] | bit : data[leftovers()] & ~bit);
    }

    private int plan(int plan) {
        return leftovers() + 1 + plan * PLAN;
    }

    /** How many plans have been written so far. */
    int planned() {
        int plan = 0;
        while (plan < bounds.plans() && data[plan(plan)] != 0) {
            plan++;
        }
        return plan;
    }

    /** Writes the row of the next plan; who has read it remembers what it said when it is gone. */
    void addPlan(Plan next) {
        int at = plan(planned());
        data[at] = 1;
        next.write(data, at + 1);
    }

    Plan planned(int plan) {
        return Plan.read(data, plan(plan) + 1);
    }

    boolean isPending(int plan) {
        return data[plan(plan)] == 1;
    }

    void removePlan(int plan) {
        data[plan(plan)] = 2;
    }

    // What actors remember

    int planner(int planner) {
        return plan(bounds.plans()) + planner * PLANNER;
    }

    int finisher(int finisher) {
        return planner(bounds.planners()) + finisher * FINISHER;
    }

    int commit(int slot) {
        return finisher(bounds.finishers()) + slot * COMMIT;
    }

    /** Position, the map it has, and what was acknowledged when it began. */
    int lister() {
        return commit(bounds.inFlight());
    }

    // What is true of each key: the version that was written last and the one acknowledged last; commits sent; fault

    private int ghosts() {
        return lister() + 1 + 2 * bounds.keys();
    }

    byte truth(int key) {
        return data[ghosts() + key];
    }

    void setTruth(int key, byte version) {
        data[ghosts() + key] = version;
        data[ghosts() + bounds.keys() + key] = version;
    }

    byte acknowledged(int key) {
        return data[ghosts() + bounds.keys() + key];
    }

    int sent() {
        return data[ghosts() + 2 * bounds.keys()];
    }

    void countSent() {
        data[ghosts() + 2 * bounds.keys()]++;
    }

    Fault fault() {
        return Fault.of(data[ghosts() + 2 * bounds.keys() + 1]);
    }

    void setFault(Fault fault) {
        data[ghosts() + 2 * bounds.keys() + 1] = fault.code;
    }
}
