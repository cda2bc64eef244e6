package coffer.store.rados;

/**
 * When ranges are split, and when merged. More ranges than the size of leaves asks for gain nothing: commits that wait for one leaf go
 * into one operation, and the fewer the leaves, the more of them. Of a space with very many, ranges are larger, so that
 * its map stays what a cluster takes for one object.
 *
 * @param rows how many rows a range may have, counted as they are stored: one with a body counts twice
 * @param mostRows how many it may have in the largest spaces
 * @param ranges how many ranges a space may have before they become larger
 */
record RangeLimits(int rows, int mostRows, int ranges) {
    /** Twenty thousand rows are copied in some tenths of a second, in which commits of the range have to wait. */
    static final RangeLimits DEFAULT = new RangeLimits(20_000, 120_000, 10_000);

    /** How many rows two neighbours have together at most if they are merged; so few that they are not split again soon. */
    int mergedRows() {
        return rows / 4;
    }

    /** How many rows a range may have in a space of so many. */
    int rowsOf(long rangesOfSpace) {
        return (int) Math.clamp(rows * (double) rangesOfSpace / ranges, rows, mostRows);
    }
}
