package coffer.store.rados;

import coffer.rados.OmapRow;
import coffer.rados.Pool;
import coffer.rados.ReadOp;
import coffer.rados.ReadResult;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Merges small neighbours of one space, as a sweep comes past them in their order. Of thousands of empty ranges one is left
 * then: what was merged is merged again, with what is as large, so that each row is copied as often as their number can be
 * halved. For one thread.
 */
final class RangeMerges {
    private static final int PAGE = 1000;

    private final Pool pool;
    private final RangePlanner planner;
    private final int mostRows;
    private final int countedRows;
    private final int mostMerges;

    /** Neighbours that are small, the last one first; each was made of more ranges than the one after it. */
    private final Deque<Small> small = new ArrayDeque<>();

    private int merges;

    /**
     * Merges ranges of one space.
     *
     * @param mostRows how many rows two have at most that are merged
     * @param countedRows a range with more rows is taken for large, since counting them takes time
     * @param mostMerges how often it is merged at most
     */
    RangeMerges(Pool pool, RangePlanner planner, int mostRows, int countedRows, int mostMerges) {
        this.pool = pool;
        this.planner = planner;
        this.mostRows = mostRows;
        this.countedRows = Math.min(mostRows, countedRows);
        this.mostMerges = mostMerges;
    }

    /**
     * A small range.
     *
     * @param rows about how many it has
     * @param ranges of how many it was made
     */
    private record Small(Leaf leaf, int rows, int ranges) {}

    /** How often ranges were merged. */
    int merges() {
        return merges;
    }

    /** The sweep has come to a range: the one behind the last one, or {@link #interrupt} was called. */
    void consider(Leaf leaf) {
        int rows = count(leaf);
        if (rows > countedRows) {
            interrupt();
            return;
        }
        Small last = small.peek();
        boolean fits =
                last != null && LeafKeys.compare(last.leaf.high(), leaf.low()) == 0 && last.rows + rows <= mostRows;
        if (!fits) {
            interrupt();
        }
        small.push(new Small(leaf, rows, 1));
        while (small.size() > 1 && ranges(0) >= ranges(1)) {
            mergeLast();
        }
    }

    /** Merges what has been met so far: the next range is no neighbour, or is not to be merged. */
    void interrupt() {
        while (small.size() > 1) {
            mergeLast();
        }
        small.clear();
    }

    /** Of how many ranges one of the last was made. */
    private int ranges(int fromLast) {
        return small.stream().skip(fromLast).findFirst().orElseThrow().ranges;
    }

    /** Merges the last two, or forgets those before the last one. */
    private void mergeLast() {
        Small second = small.pop();
        Small first = small.pop();
        int rows = first.rows + second.rows;
        Optional<Leaf> merged =
                rows > mostRows || merges == mostMerges ? Optional.empty() : planner.merge(first.leaf, second.leaf);
        if (merged.isPresent()) {
            merges++;
            small.push(new Small(merged.get(), rows, first.ranges + second.ranges));
        } else {
            small.push(first);
            interrupt();
            small.push(second);
        }
    }

    /** How many rows a leaf has, if these are few. */
    private int count(Leaf leaf) {
        byte[] after = LeafKeys.HEADER;
        int rows = 0;
        boolean more = true;
        while (more && rows <= countedRows) {
            int most = Math.min(PAGE, countedRows + 1 - rows);
            ReadResult result = pool.read(leaf.object(), new ReadOp().keys(after, most));
            if (result.isAbsent()) {
                return Integer.MAX_VALUE; // others have split or merged it
            }
            if (result.result() < 0) {
                throw Failures.of(result.result(), "the rows of a range");
            }
            List<OmapRow> page = result.rows(0).rows();
            rows += page.size();
            after = page.isEmpty() ? after : page.getLast().key();
            more = result.rows(0).more();
        }
        return rows;
    }
}
