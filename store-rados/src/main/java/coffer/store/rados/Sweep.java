package coffer.store.rados;

import coffer.rados.OmapRow;
import coffer.rados.Pool;
import coffer.rados.ReadOp;
import coffer.rados.ReadResult;
import coffer.store.BlobId;
import coffer.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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
 * ranges, removes leaves that are left over. For one thread.
 */
final class Sweep {
    private static final Logger LOG = LoggerFactory.getLogger(Sweep.class);

    private static final int PAGE = 1000;

    private final Pool pool;
    private final RadosMetadata metadata;
    private final Garbage garbage;
    private final Instances instances;
    private final BooleanSupplier goesOn;

    /** Plans that the last sweep has met. */
    private Set<String> metPlans = new HashSet<>();

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
        Set<String> plans = new HashSet<>();
        for (String space : metadata.spaces()) {
            try {
                sweep(space, plans);
            } catch (StoreException e) {
                LOG.warn("The space {} was not swept.", space, e);
            }
        }
        metPlans = plans;
        finishDrops();
    }

    private void sweep(String space, Set<String> plans) {
        byte[] after = new byte[0];
        boolean more = true;
        Map<String, RangePlan> planned = new HashMap<>();
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
                        RangePlan plan = RangePlan.fromBytes(row.value());
                        plans.add(plan.id());
                        if (metPlans.contains(plan.id())) {
                            planned.put(
                                    new String(row.key(), 1, row.key().length - 1, StandardCharsets.ISO_8859_1), plan);
                        }
                    }
                    case LeafMap.RANGE -> {
                        Leaf leaf = LeafMap.leaf(space, row);
                        RangePlan plan = planned.remove(new String(leaf.high(), StandardCharsets.ISO_8859_1));
                        if (plan != null) {
                            metadata.splits().giveUp(leaf, plan);
                        } else {
                            sweep(space, leaf.object());
                        }
                    }
                    case LeafMap.LEFTOVER ->
                        metadata.splits()
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
