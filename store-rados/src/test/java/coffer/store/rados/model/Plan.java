package coffer.store.rados.model;

/**
 * What the row of a plan says.
 *
 * @param parent the leaf to be split, or the lower one of a merge
 * @param epoch of its header when the planner read it, before the plan was written
 * @param other the upper leaf of a merge, plus one; 0 for a split
 * @param middle where the second child begins, or in a merge the second parent
 * @param low where the first child begins
 * @param high where the last child ends, exclusive
 */
record Plan(int parent, int epoch, int other, int middle, int low, int high) {
    static final int BYTES = 6;

    static Plan read(byte[] data, int at) {
        return new Plan(data[at], data[at + 1], data[at + 2], data[at + 3], data[at + 4], data[at + 5]);
    }

    void write(byte[] data, int at) {
        data[at] = (byte) parent;
        data[at + 1] = (byte) epoch;
        data[at + 2] = (byte) other;
        data[at + 3] = (byte) middle;
        data[at + 4] = (byte) low;
        data[at + 5] = (byte) high;
    }

    boolean isMerge() {
        return other != 0;
    }

    /** The upper leaf of a merge. */
    int second() {
        return other - 1;
    }

    boolean takes(int leaf) {
        return parent == leaf || other == leaf + 1;
    }

    /** The leaf that has the row of a key. */
    int source(int key) {
        return isMerge() && key >= middle ? second() : parent;
    }

    int children() {
        return isMerge() ? 1 : 2;
    }

    /** Whether a key goes to the first or to the second child. */
    int childOf(int key) {
        return isMerge() || key < middle ? 0 : 1;
    }
}
