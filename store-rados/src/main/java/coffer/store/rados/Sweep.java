package coffer.store.rados;

import coffer.rados.OmapRow;
import coffer.rados.Pool;
import coffer.rados.ReadOp;
import coffer.rados.ReadResult;
import coffer.store.BlobId;
import coffer.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes through all spaces and finishes what those who began it did not: frees blobs that were released, gives up plans of
 * ranges, removes leaves that are left over, merges ranges that have become small. For one thread.
 */
final class Sweep {
    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

    private static final int PAGE = 1000;

    /** Each costs some twenty operations. */
    private static final int MOST_MERGES = 10_000;

    /** Ranges with no more rows are found by every sweep, others that are to be merged by a thorough one. */
    private static final int COUNTED_ROWS = 100;

    /** One sweep in so many is thorough, and the first one: of a large space that is millions of rows to be counted. */
    private static final int THOROUGH = 36;

    private final Pool pool;
    private final RadosMetadata metadata;
    private final Garbage garbage;
    private final Instances instances;
    private final BooleanSupplier goesOn;

    /** Plans that the last sweep has met. */
    private Set<RowName> metPlans = new HashSet<>();

    private long runs;

    /** How many more merges this run may make. */
    private int mergesLeft;

    /** @param goesOn whether it is still for this engine to sweep */
    Sweep(Pool pool, RadosMetadata metadata, Garbage garbage, Instances instances, BooleanSupplier goesOn) {
        this.pool = pool;
        this.metadata = metadata;
        this.garbage = garbage;
        this.instances = instances;
        this.goesOn = goesOn;
    }

    /** Goes through everything once. */
    void run() {
        Set<RowName> plans = new HashSet<>();
        mergesLeft = MOST_MERGES;
        for (String space : metadata.spaces()) {
            try {
                sweep(space, plans);
            } catch (StoreException e) {
                LOG.warn("The space {} was not swept.", space, e);
            }
        }
        metPlans = plans;
        runs++;
        finishDrops();
    }

    private void sweep(String space, Set<RowName> plans) {
        int mostRows = metadata.limits().mergedRows();
        int countedRows = runs % THOROUGH == 0 ? mostRows : COUNTED_ROWS;
        RangeMerges merges = new RangeMerges(pool, metadata.planner(), mostRows, countedRows, mergesLeft);
        sweep(space, plans, merges);
        merges.interrupt();
        mergesLeft -= merges.merges();
        if (merges.merges() > 0) {
            LOG.info("{} small ranges of the space {} have been merged.", merges.merges(), space);
        }
    }

    private void sweep(String space, Set<RowName> plans, RangeMerges merges) {
        byte[] after = new byte[0];
        boolean more = true;
        Map<RowName, byte[]> planned = new HashMap<>();
        while (more && goesOn.getAsBoolean()) {
            ReadResult result = pool.read(LeafMap.object(space), new ReadOp().range(after, new byte[0], PAGE));
            if (result.isAbsent()) {
                return; // it has been dropped
            }
            require(result.result(), "the map of the space " + space);
            for (OmapRow row : result.rows(0).rows()) {
                after = row.key();
                switch (row.key()[0]) {
                    case LeafMap.PLAN -> {
                        RowName plan = new RowName(row.value());
                        plans.add(plan);
                        planned.put(new RowName(Arrays.copyOfRange(row.key(), 1, row.key().length)), row.value());
                    }
                    case LeafMap.RANGE -> {
                        Leaf leaf = LeafMap.leaf(space, row);
                        byte[] plan = planned.remove(new RowName(leaf.high()));
                        if (plan != null) {
                            merges.interrupt();
                            if (metPlans.contains(new RowName(plan))) {
                                metadata.finisher().giveUp(RangePlan.fromBytes(leaf, plan));
                            }
                        }
                        boolean _ = sweep(space, leaf.object());
                        if (plan == null) {
                            merges.consider(leaf);
                        }
                    }
                    case LeafMap.LEFTOVER ->
                        metadata.finisher()
                                .removeLeftover(
                                        space,
                                        new String(row.key(), 1, row.key().length - 1, StandardCharsets.US_ASCII));
                    default -> {
                        // how many ranges there are
                    }
                }
            }
            more = result.rows(0).more();
        }
    }

    /**
     * Frees what was released in a leaf. If the leaf is no longer, its rows are in others, and it is for the next sweep to
     * find them.
     *
     * @return whether nothing is left there
     */
    private boolean sweep(String space, String leaf) {
        byte[] after = new byte[] {LeafKeys.GARBAGE};
        boolean more = true;
        boolean isClean = true;
        while (more && goesOn.getAsBoolean()) {
            ReadResult result = pool.read(leaf, new ReadOp().range(after, new byte[] {LeafKeys.GARBAGE}, PAGE));
            if (result.isAbsent()) {
                return true;
            }
            require(result.result(), "a range of the space " + space);
            List<OwnedBlob> released = new ArrayList<>();
            for (OmapRow row : result.rows(0).rows()) {
                after = row.key();
                BlobId blob = LeafKeys.blobOf(row.key());
                OwnedBlob owned = new OwnedBlob(space, new RowName(LeafKeys.groupOf(row.key())), blob);
                if (!Orphans.DeadMark.isMark(row.value())) {
                    released.add(owned);
                } else if (Orphans.DeadMark.isOver(row.value(), instances.seconds())) {
                    forget(owned);
                }
            }
            if (!released.isEmpty()) {
                isClean &= garbage.free(released).isEmpty();
            }
            more = result.rows(0).more();
        }
        return isClean && !more;
    }

    private void forget(OwnedBlob dead) {
        PendingCommit forget = new PendingCommit(dead.group().bytes());
        forget.remove(dead.markKey());
        forget.remove(dead.garbageKey());
        metadata.commits().applyIfThere(dead.space(), forget);
    }

    /** Removes the leaves of spaces that were dropped, if whoever did that was interrupted. */
    private void finishDrops() {
        byte[] after = new byte[0];
        boolean more = true;
        while (more && goesOn.getAsBoolean()) {
            ReadResult result = pool.read(LeafMap.DROPS, new ReadOp().range(after, new byte[0], PAGE));
            if (result.isAbsent()) {
                return;
            }
            require(result.result(), "the spaces that were dropped");
            for (OmapRow row : result.rows(0).rows()) {
                after = row.key();
                String[] names = new String(row.key(), StandardCharsets.US_ASCII).split("\\.", 2);
                if (!metadata.map().names(names[0], names[1])) {
                    finishDrop(names[0], names[1]);
                }
            }
            more = result.rows(0).more();
        }
    }

    private void finishDrop(String space, String leaf) {
        // What is to be freed is known from the leaf alone, so it goes last.
        if (sweep(space, Leaf.object(space, leaf))) {
            metadata.map().removeDropped(space, leaf);
        }
    }

    private static void require(int result, String what) {
        if (result < 0) {
            throw Failures.of(result, what);
        }
    }
}
