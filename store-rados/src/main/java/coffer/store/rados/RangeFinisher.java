package coffer.store.rados;

import coffer.rados.Errno;
import coffer.rados.OmapRow;
import coffer.rados.Pool;
import coffer.rados.ReadOp;
import coffer.rados.ReadResult;
import coffer.rados.WriteOp;
import coffer.store.StoreException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out plans that make two ranges of one or one of two, in steps of which each is one operation. Whoever meets a
 * range half-way goes on where another stopped; two at once do each other no harm. Until the first parent is sealed a plan
 * can be given up, from then on it is carried out.
 *
 * <pre>
 *            parents           children            map of the space
 * plan       OPEN              -                   + plans          guarded by the ranges, and that there is no plan
 * prepare    OPEN              + BUILDING                           by the planner alone
 * seal       OPEN -> SEALED    BUILDING                             the first by the planner, guarded by the header as it
 *                                                                   was planned on; the second then by anybody
 * copy       SEALED            rows                                 guarded by BUILDING
 * move       SEALED -> MOVED                                        by who has copied everything: the point of no doubt
 * open       MOVED             BUILDING -> OPEN
 * publish    MOVED             OPEN                - plans, ranges  guarded by the plans
 * remove     -                 OPEN
 * </pre>
 *
 * Reads are answered by the parents until they are moved, and by the children only once the map names them; there is no
 * moment at which two leaves may be written for one group. Thread-safe.
 */
final class RangeFinisher {
    private static final Logger LOG = LoggerFactory.getLogger(RangeFinisher.class);

    private static final int PAGE = 1000;
    private static final int MOST_BYTES = 4 * 1024 * 1024;

    private final Pool pool;
    private final LeafMap map;

    RangeFinisher(Pool pool, LeafMap map) {
        this.pool = pool;
        this.map = map;
    }

    /** About how many ranges a space has. */
    long ranges(String space) {
        ReadResult result = pool.read(LeafMap.object(space), new ReadOp().rows(List.of(LeafMap.COUNT)));
        if (result.isAbsent()) {
            return 0;
        }
        require(result.result(), "the map of the space " + space);
        return LeafMap.count(result.rows(0).rows());
    }

    /** What the map of its space plans for a leaf; empty also if the map no longer names it. */
    Optional<RangePlan> planOf(Leaf leaf) {
        ReadResult result = pool.read(
                LeafMap.object(leaf.space()),
                new ReadOp().rows(List.of(LeafMap.planKey(leaf), LeafMap.rangeKey(leaf))));
        if (result.isAbsent()) {
            return Optional.empty();
        }
        require(result.result(), "the map of the space " + leaf.space());
        List<OmapRow> rows = result.rows(0).rows();
        boolean isNamed = rows.stream()
                .anyMatch(row -> row.key()[0] == LeafMap.RANGE
                        && LeafMap.leaf(leaf.space(), row).id().equals(leaf.id()));
        return rows.stream()
                .filter(row -> isNamed && row.key()[0] == LeafMap.PLAN)
                .map(row -> RangePlan.fromBytes(leaf, row.value()))
                .findAny();
    }

    /** Goes on with what has become of a leaf that may not be written, or not even read; it is forgotten in any case. */
    void help(Leaf leaf) {
        Optional<RangePlan> plan = planOf(leaf);
        if (plan.isPresent()) {
            boolean begun = header(plan.get().first())
                    .filter(found -> found.plan().equals(plan.get().id()))
                    .isPresent();
            if (begun) {
                carryOut(plan.get());
            }
        }
        map.forget(leaf);
    }

    /** Gives up a plan that nobody goes on with, unless the first leaf has been sealed; then it is carried out. */
    void giveUp(RangePlan plan) {
        Leaf first = plan.first();
        Optional<LeafHeader> header = header(first);
        if (header.isEmpty()) {
            return;
        }
        LeafHeader found = header.get();
        if (found.state() != LeafHeader.State.OPEN) {
            help(first);
            return;
        }
        if (found.epoch() == plan.epoch()) {
            LeafHeader next = new LeafHeader(LeafHeader.State.OPEN, found.epoch() + 1, "");
            int raised = pool.write(
                    first.object(),
                    new WriteOp().expect(LeafKeys.HEADER, found.toBytes()).set(LeafKeys.HEADER, next.toBytes()));
            if (isRefused(raised, "giving up the plan of a range")) {
                return; // it was sealed, or another has raised it: whoever comes next sees
            }
        }
        WriteOp forget = takeFromMap(plan);
        plan.children().forEach(child -> forget.set(LeafMap.leftoverKey(child.id()), new byte[] {1}));
        int forgotten = pool.write(LeafMap.object(plan.space()), forget);
        if (!isRefused(forgotten, "giving up the plan of a range")) {
            plan.children().forEach(child -> removeLeftover(child.space(), child.id()));
        }
    }

    /** Removes the rows of a plan, if they are there. */
    private static WriteOp takeFromMap(RangePlan plan) {
        WriteOp op = new WriteOp();
        byte[] bytes = plan.toBytes();
        plan.parents().forEach(parent -> op.expect(LeafMap.planKey(parent), bytes));
        return op.remove(plan.parents().stream().map(LeafMap::planKey).toList());
    }

    /** Does what is left of a plan whose first leaf has been sealed, or moved. */
    void carryOut(RangePlan plan) {
        boolean copied = sealOthers(plan) && copy(plan);
        if (!copied && !isMoved(plan)) {
            return; // another has done all of it
        }
        // Who is refused from here on finds done what it was about to do: no leaf goes back to an earlier state.
        for (Leaf parent : plan.parents()) {
            boolean _ = changeHeader(parent, plan.sealed(), plan.moved(), "moving a range");
        }
        for (Leaf child : plan.children()) {
            boolean _ = changeHeader(child, plan.building(), LeafHeader.open().toBytes(), "opening a range");
        }
        publish(plan);
    }

    /** Whether a header was changed; not if it was another. */
    private boolean changeHeader(Leaf leaf, byte[] from, byte[] to, String what) {
        int changed = pool.write(
                leaf.object(), new WriteOp().expect(LeafKeys.HEADER, from).set(LeafKeys.HEADER, to));
        return !isRefused(changed, what);
    }

    /** Seals the second leaf of a merge; returns {@code false} if it is gone. */
    private boolean sealOthers(RangePlan plan) {
        for (Leaf parent : plan.parents().subList(1, plan.parents().size())) {
            Optional<LeafHeader> header = header(parent);
            while (header.filter(found -> found.state() == LeafHeader.State.OPEN)
                            .isPresent()
                    && !changeHeader(parent, header.get().toBytes(), plan.sealed(), "sealing a range")) {
                header = header(parent);
            }
            if (header.isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private boolean isMoved(RangePlan plan) {
        return LeafReader.header(pool, plan.first().object())
                .filter(found -> Arrays.equals(found, plan.moved()))
                .isPresent();
    }

    private void publish(RangePlan plan) {
        WriteOp op = takeFromMap(plan);
        List<byte[]> ends = plan.children().stream().map(LeafMap::rangeKey).toList();
        op.remove(plan.parents().stream()
                .map(LeafMap::rangeKey)
                .filter(end -> ends.stream().noneMatch(kept -> Arrays.equals(kept, end)))
                .toList());
        plan.children().forEach(child -> op.set(LeafMap.rangeKey(child), LeafMap.rangeValue(child)));
        plan.parents().forEach(parent -> op.set(LeafMap.leftoverKey(parent.id()), new byte[] {1}));
        // Of two at once one may not be counted: it is only asked how many there are, about.
        op.set(LeafMap.COUNT, LeafMap.count(Math.max(1, ranges(plan.space()) + plan.growth())));
        int published = pool.write(LeafMap.object(plan.space()), op);
        plan.parents().forEach(map::forget);
        if (isRefused(published, "publishing a range")) {
            return; // another was as far
        }
        plan.parents().forEach(parent -> removeLeftover(parent.space(), parent.id()));
        LOG.debug("A range of the space {} has been {}.", plan.space(), plan.growth() > 0 ? "split" : "merged");
    }

    /**
     * Copies all rows; the next page is read while one is written.
     *
     * @return {@code false} if another was faster: then nothing is left to be copied
     */
    private boolean copy(RangePlan plan) {
        for (Leaf parent : plan.parents()) {
            if (!copy(parent, plan)) {
                return false;
            }
        }
        return true;
    }

    private boolean copy(Leaf leaf, RangePlan plan) {
        byte[] after = LeafKeys.HEADER;
        List<Pool.Writing> writing = List.of();
        boolean more = true;
        while (more) {
            ReadResult result = pool.read(
                    leaf.object(), new ReadOp().rows(List.of(LeafKeys.HEADER)).range(after, new byte[0], PAGE));
            if (!succeeds(writing) || result.isAbsent()) {
                return false;
            }
            require(result.result(), "reading a range that is copied");
            if (!Arrays.equals(LeafReader.header(result), plan.sealed())) {
                return false;
            }
            List<OmapRow> rows = result.rows(1).rows();
            writing = write(plan, rows);
            after = rows.isEmpty() ? after : rows.getLast().key();
            more = result.rows(1).more();
        }
        return succeeds(writing);
    }

    /** Waits for writes into leaves that are being filled: others may have opened those meanwhile. */
    private static boolean succeeds(List<Pool.Writing> writing) {
        boolean all = true;
        for (Pool.Writing write : writing) {
            all &= !isRefused(write.await(), "filling a range");
        }
        return all;
    }

    private List<Pool.Writing> write(RangePlan plan, List<OmapRow> rows) {
        List<Pool.Writing> writing = new ArrayList<>();
        Map<Leaf, List<OmapRow>> batches = new HashMap<>();
        int bytes = 0;
        for (OmapRow row : rows) {
            batches.computeIfAbsent(plan.childOf(LeafKeys.groupOf(row.key())), _ -> new ArrayList<>())
                    .add(row);
            bytes += row.key().length + row.value().length;
            if (bytes > MOST_BYTES) {
                writing.addAll(write(plan, batches));
                batches.clear();
                bytes = 0;
            }
        }
        writing.addAll(write(plan, batches));
        return writing;
    }

    private List<Pool.Writing> write(RangePlan plan, Map<Leaf, List<OmapRow>> batches) {
        return batches.entrySet().stream()
                .map(batch -> pool.submit(
                        batch.getKey().object(),
                        new WriteOp().expect(LeafKeys.HEADER, plan.building()).set(batch.getValue())))
                .toList();
    }

    /** The header of a leaf, which is forgotten if it is gone. */
    Optional<LeafHeader> header(Leaf leaf) {
        Optional<byte[]> header = LeafReader.header(pool, leaf.object());
        if (header.isEmpty()) {
            map.forget(leaf);
        }
        return header.map(LeafHeader::fromBytes);
    }

    /** Removes a leaf that no range names, if it was never opened or has been moved, and the row that remembers it. */
    void removeLeftover(String space, String id) {
        LeafReader.header(pool, Leaf.object(space, id)).ifPresent(header -> {
            if (LeafHeader.fromBytes(header).isReadable()) {
                throw new StoreException(
                        StoreException.Reason.CORRUPT,
                        "a range that is left over is in use: " + Leaf.object(space, id));
            }
            removeLeaf(space, id, header);
        });
        int forgotten = pool.write(
                LeafMap.object(space), new WriteOp().assertExists().remove(List.of(LeafMap.leftoverKey(id))));
        if (forgotten != Errno.ENOENT) {
            require(forgotten, "the map of the space " + space);
        }
    }

    /** Removes a leaf, if it has this header still. */
    void removeLeaf(String space, String id, byte[] header) {
        int removed = pool.write(
                Leaf.object(space, id),
                new WriteOp().expect(LeafKeys.HEADER, header).removeObject());
        boolean _ = isRefused(removed, "removing a range");
    }

    /**
     * Whether a guarded write was refused: what it was to change is no longer so, or no longer there.
     *
     * @throws StoreException if it failed otherwise
     */
    static boolean isRefused(int result, String what) {
        if (result == Errno.ECANCELED || result == Errno.ENOENT) {
            return true;
        }
        require(result, what);
        return false;
    }

    private static void require(int result, String what) {
        if (result < 0) {
            throw Failures.of(result, what);
        }
    }
}
