package coffer.store.rados;

import coffer.rados.OmapRow;
import coffer.rados.Pool;
import coffer.rados.ReadOp;
import coffer.rados.ReadResult;
import coffer.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has ranges split that have grown too large. How many rows a leaf has nobody keeps, since that would be one more thing
 * for each commit to guard; after a good many writes they are counted. Thread-safe.
 */
final class RangeGrowth implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RangeGrowth.class);

    /** Counted after so many writes, as a part of the rows that a range may have. */
    private static final int CHECKS_PER_LIMIT = 4;

    private static final int PAGE = 1000;

    /** One key in so many is remembered as a place where a leaf could be divided. */
    private static final int SAMPLE = 25;

    /** So long nobody has gone on with a plan that is given up. */
    private static final long FORGOTTEN_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Pool pool;
    private final RangePlanner planner;
    private final RangeFinisher finisher;
    private final RangeLimits limits;
    private final LeafCounts counts;

    /** Leaves that are looked at, or split, here; completed when that is over. */
    private final Map<String, CompletableFuture<Void>> underWay = new ConcurrentHashMap<>();

    /** When plans of others were first met, by their id. */
    private final Map<String, Long> met = new ConcurrentHashMap<>();

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    RangeGrowth(Pool pool, RangePlanner planner, RangeFinisher finisher, RangeLimits limits, LeafCounts counts) {
        this.pool = pool;
        this.planner = planner;
        this.finisher = finisher;
        this.limits = limits;
        this.counts = counts;
    }

    /** Told of each commit; looks into the leaf in the background if that could be worth it. */
    void consider(Leaf leaf, LeafCommitter committer) {
        int least = limits.rows();
        CompletableFuture<Void> over = new CompletableFuture<>();
        if (committer.rowsWritten() < least / CHECKS_PER_LIMIT || underWay.putIfAbsent(leaf.id(), over) != null) {
            return;
        }
        long written = committer.takeRowsWritten();
        try {
            threads.execute(() -> {
                try {
                    splitIfLarge(leaf);
                } catch (StoreException e) {
                    LOG.debug("A range of the space {} could not be split after {} writes.", leaf.space(), written, e);
                } finally {
                    underWay.remove(leaf.id());
                    over.complete(null);
                }
            });
        } catch (RejectedExecutionException e) {
            underWay.remove(leaf.id());
            over.complete(null);
        }
    }

    /**
     * Waits while a leaf is being split here.
     *
     * @return whether it was
     */
    boolean await(Leaf leaf) {
        CompletableFuture<Void> over = underWay.get(leaf.id());
        if (over == null) {
            return false;
        }
        over.join();
        return true;
    }

    private void splitIfLarge(Leaf leaf) {
        int most = limits.rowsOf(finisher.ranges(leaf.space()));
        List<byte[]> groups = new ArrayList<>();
        int rows = count(leaf, groups);
        if (rows <= most) {
            return;
        }
        groups.sort(LeafKeys::compare);
        byte[] middle = groups.get(groups.size() / 2);
        if (LeafKeys.compare(middle, groups.getFirst()) == 0) {
            return; // all rows but a few are of one group, which stays together
        }
        Optional<RangePlan> other = planner.split(leaf, middle);
        if (other.isEmpty()) {
            counts.split();
            return;
        }
        RangePlan plan = other.get();
        long now = System.nanoTime();
        if (now - met.computeIfAbsent(plan.id(), _ -> now) > FORGOTTEN_NANOS) {
            finisher.giveUp(plan);
            met.remove(plan.id());
        }
    }

    /** Counts rows, and collects groups in which they lie. */
    private int count(Leaf leaf, List<byte[]> groups) {
        byte[] after = LeafKeys.HEADER;
        int rows = 0;
        boolean more = true;
        while (more) {
            ReadResult result = pool.read(leaf.object(), new ReadOp().keys(after, PAGE));
            if (result.result() < 0) {
                return 0;
            }
            List<OmapRow> page = result.rows(0).rows();
            for (int i = 0; i < page.size(); i++) {
                if (rows++ % SAMPLE == 0) {
                    groups.add(LeafKeys.groupOf(page.get(i).key()));
                }
            }
            after = page.isEmpty() ? after : page.getLast().key();
            more = result.rows(0).more();
        }
        return rows;
    }

    /** Waits until what is under way has ended. */
    @Override
    public void close() {
        threads.close();
    }
}
