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
 * Makes two ranges of one, in steps of which each is one operation. Whoever meets a range half-way goes on where another
 * stopped; two at once do each other no harm. Until it is sealed a plan can be given up, from then on it is carried out.
 *
 * <pre>
 *            leaf              lower, upper        map of the space
 * plan       OPEN              -                   + plan           guarded by the range, and that there is no plan
 * prepare    OPEN              + BUILDING                           by the planner alone
 * seal       OPEN -> SEALED    BUILDING                             guarded by the header as it was planned on
 * copy       SEALED            rows                                 guarded by BUILDING
 * move       SEALED -> MOVED                                        by who has copied everything: the point of no doubt
 * open       MOVED             BUILDING -> OPEN
 * publish    MOVED             OPEN                - plan, ranges   guarded by the plan
 * remove     -                 OPEN
 * </pre>
 *
 * Reads are answered by the leaf until it is moved, and by the others only once the map names them; there is no moment at
 * which two leaves may be written for one group. Thread-safe.
 */
final class RangeSplit {
    private static final Logger LOG = LoggerFactory.getLogger(RangeSplit.class);

    private static final int PAGE = 1000;
    private static final int MOST_BYTES = 4 * 1024 * 1024;

    private final Pool pool;
    private final LeafMap map;

    RangeSplit(Pool pool, LeafMap map) {
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

    /** What the map of a space says of a range. */
    private record Entry(Optional<Leaf> leaf, Optional<RangePlan> plan) {
        boolean isOf(Leaf other) {
            return leaf.filter(named -> named.id().equals(other.id())).isPresent();
        }
    }

    private Entry entry(Leaf leaf) {
        byte[] rangeKey = LeafMap.rangeKey(leaf);
        ReadResult result =
                pool.read(LeafMap.object(leaf.space()), new ReadOp().rows(List.of(LeafMap.planKey(leaf), rangeKey)));
        if (result.isAbsent()) {
            return new Entry(Optional.empty(), Optional.empty());
        }
        if (result.result() < 0) {
            throw Failures.of(result.result(), "the map of the space " + leaf.space());
        }
        Optional<Leaf> named = Optional.empty();
        Optional<RangePlan> plan = Optional.empty();
        for (OmapRow row : result.rows(0).rows()) {
            if (row.key()[0] == LeafMap.RANGE) {
                named = Optional.of(LeafMap.leaf(leaf.space(), row));
            } else {
                plan = Optional.of(RangePlan.fromBytes(row.value()));
            }
        }
        return new Entry(named, plan);
    }

    /**
     * Splits a leaf, unless that is planned already.
     *
     * @param middle the first group of the upper half, within the range and not its first
     * @return the plan that stands in the way: somebody else's, which has been begun or forgotten
     */
    Optional<RangePlan> split(Leaf leaf, byte[] middle) {
        Optional<LeafHeader> header = header(leaf);
        if (header.filter(found -> found.state() == LeafHeader.State.OPEN).isEmpty()) {
            return Optional.empty();
        }
        RangePlan plan = new RangePlan(map.newId(), header.get().epoch(), map.newId(), map.newId(), middle);
        int planned = pool.write(
                LeafMap.object(leaf.space()),
                new WriteOp()
                        .assertExists()
                        .expect(LeafMap.rangeKey(leaf), LeafMap.rangeValue(leaf))
                        .expect(LeafMap.planKey(leaf), new byte[0])
                        .set(LeafMap.planKey(leaf), plan.toBytes()));
        if (planned == Errno.ECANCELED) {
            Entry entry = entry(leaf);
            return entry.isOf(leaf) ? entry.plan() : Optional.empty();
        }
        if (planned == Errno.ENOENT) {
            return Optional.empty();
        }
        require(planned, "planning to split a range");
        for (String child : plan.children()) {
            require(
                    pool.write(
                            Leaf.object(leaf.space(), child),
                            new WriteOp().createExclusively().set(LeafKeys.HEADER, plan.building())),
                    "preparing to split a range");
        }
        int sealed = pool.write(
                leaf.object(),
                new WriteOp().expect(LeafKeys.HEADER, header.get().toBytes()).set(LeafKeys.HEADER, plan.sealed()));
        if (sealed == Errno.ECANCELED || sealed == Errno.ENOENT) {
            plan.children().forEach(child -> removeLeaf(leaf.space(), child, plan.building()));
            return Optional.empty();
        }
        require(sealed, "sealing a range");
        carryOut(leaf, plan);
        return Optional.empty();
    }

    /** Goes on with what has become of a leaf that may not be written, or not even read; it is forgotten in any case. */
    void help(Leaf leaf) {
        Entry entry = entry(leaf);
        if (entry.isOf(leaf) && entry.plan().isPresent()) {
            Optional<LeafHeader> header = header(leaf);
            boolean begun = header.filter(
                            found -> found.plan().equals(entry.plan().get().id()))
                    .isPresent();
            if (begun) {
                carryOut(leaf, entry.plan().get());
            }
        }
        map.forget(leaf);
    }

    /** Gives up a plan that nobody goes on with, unless the leaf has been sealed; then it is carried out. */
    void giveUp(Leaf leaf, RangePlan plan) {
        Optional<LeafHeader> header = header(leaf);
        if (header.isEmpty()) {
            return;
        }
        LeafHeader found = header.get();
        if (found.state() != LeafHeader.State.OPEN) {
            help(leaf);
            return;
        }
        if (found.epoch() == plan.epoch()) {
            int raised = pool.write(
                    leaf.object(),
                    new WriteOp()
                            .expect(LeafKeys.HEADER, found.toBytes())
                            .set(
                                    LeafKeys.HEADER,
                                    new LeafHeader(LeafHeader.State.OPEN, found.epoch() + 1, "").toBytes()));
            if (raised == Errno.ECANCELED) {
                return; // it was sealed, or another has raised it: whoever comes next sees
            }
            require(raised, "giving up to split a range");
        }
        WriteOp forget =
                new WriteOp().expect(LeafMap.planKey(leaf), plan.toBytes()).remove(List.of(LeafMap.planKey(leaf)));
        plan.children().forEach(child -> forget.set(LeafMap.leftoverKey(child), new byte[] {1}));
        int forgotten = pool.write(LeafMap.object(leaf.space()), forget);
        if (forgotten != Errno.ECANCELED && forgotten != Errno.ENOENT) {
            require(forgotten, "giving up to split a range");
            plan.children().forEach(child -> removeLeftover(leaf.space(), child));
        }
    }

    private void carryOut(Leaf leaf, RangePlan plan) {
        if (copy(leaf, plan)) {
            int moved = pool.write(
                    leaf.object(),
                    new WriteOp().expect(LeafKeys.HEADER, plan.sealed()).set(LeafKeys.HEADER, plan.moved()));
            if (moved != Errno.ECANCELED && moved != Errno.ENOENT) {
                require(moved, "moving a range");
            }
        }
        byte[] open = LeafHeader.open().toBytes();
        for (String child : plan.children()) {
            int opened = pool.write(
                    Leaf.object(leaf.space(), child),
                    new WriteOp().expect(LeafKeys.HEADER, plan.building()).set(LeafKeys.HEADER, open));
            if (opened != Errno.ECANCELED && opened != Errno.ENOENT) {
                require(opened, "opening a range");
            }
        }
        Leaf lower = new Leaf(leaf.space(), plan.lower(), leaf.low(), plan.middle());
        Leaf upper = new Leaf(leaf.space(), plan.upper(), plan.middle(), leaf.high());
        int published = pool.write(
                LeafMap.object(leaf.space()),
                new WriteOp()
                        .expect(LeafMap.planKey(leaf), plan.toBytes())
                        .set(LeafMap.rangeKey(lower), LeafMap.rangeValue(lower))
                        .set(LeafMap.rangeKey(upper), LeafMap.rangeValue(upper))
                        .set(LeafMap.leftoverKey(leaf.id()), new byte[] {1})
                        // Of two at once one may not be counted: it is only asked how many there are, about.
                        .set(LeafMap.COUNT, LeafMap.count(ranges(leaf.space()) + 1))
                        .remove(List.of(LeafMap.planKey(leaf))));
        map.forget(leaf);
        if (published == Errno.ECANCELED || published == Errno.ENOENT) {
            return; // another was as far
        }
        require(published, "publishing a range");
        removeLeftover(leaf.space(), leaf.id());
        LOG.debug("A range of the space {} has been split.", leaf.space());
    }

    /**
     * Copies all rows; the next page is read while one is written.
     *
     * @return {@code false} if another was faster: then nothing is left to be copied
     */
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
            require(result.result(), "reading a range that is split");
            if (!Arrays.equals(LeafReader.header(result), plan.sealed())) {
                return false;
            }
            List<OmapRow> rows = result.rows(1).rows();
            writing = write(leaf.space(), plan, rows);
            after = rows.isEmpty() ? after : rows.getLast().key();
            more = result.rows(1).more();
        }
        return succeeds(writing);
    }

    /** Waits for writes into leaves that are being filled: others may have opened those meanwhile. */
    private static boolean succeeds(List<Pool.Writing> writing) {
        boolean all = true;
        for (Pool.Writing write : writing) {
            int result = write.await();
            if (result == Errno.ECANCELED || result == Errno.ENOENT) {
                all = false;
            } else {
                require(result, "filling a range");
            }
        }
        return all;
    }

    private List<Pool.Writing> write(String space, RangePlan plan, List<OmapRow> rows) {
        List<Pool.Writing> writing = new ArrayList<>();
        Map<String, List<OmapRow>> batches = new HashMap<>();
        int bytes = 0;
        for (OmapRow row : rows) {
            boolean isLower = LeafKeys.compare(LeafKeys.groupOf(row.key()), plan.middle()) < 0;
            batches.computeIfAbsent(isLower ? plan.lower() : plan.upper(), _ -> new ArrayList<>())
                    .add(row);
            bytes += row.key().length + row.value().length;
            if (bytes > MOST_BYTES) {
                writing.addAll(write(space, plan, batches));
                batches.clear();
                bytes = 0;
            }
        }
        writing.addAll(write(space, plan, batches));
        return writing;
    }

    private List<Pool.Writing> write(String space, RangePlan plan, Map<String, List<OmapRow>> batches) {
        return batches.entrySet().stream()
                .map(batch -> pool.submit(
                        Leaf.object(space, batch.getKey()),
                        new WriteOp().expect(LeafKeys.HEADER, plan.building()).set(batch.getValue())))
                .toList();
    }

    private Optional<LeafHeader> header(Leaf leaf) {
        ReadResult result = pool.read(leaf.object(), new ReadOp().rows(List.of(LeafKeys.HEADER)));
        if (result.isAbsent()) {
            map.forget(leaf);
            return Optional.empty();
        }
        require(result.result(), "the header of a range");
        return Optional.of(LeafHeader.fromBytes(LeafReader.header(result)));
    }

    /** Removes a leaf that no range names, if it was never opened or has been moved, and the row that remembers it. */
    void removeLeftover(String space, String id) {
        ReadResult result = pool.read(Leaf.object(space, id), new ReadOp().rows(List.of(LeafKeys.HEADER)));
        if (!result.isAbsent()) {
            require(result.result(), "a range that is left over");
            byte[] header = LeafReader.header(result);
            if (LeafHeader.fromBytes(header).isReadable()) {
                throw new StoreException(
                        StoreException.Reason.CORRUPT,
                        "a range that is left over is in use: " + Leaf.object(space, id));
            }
            removeLeaf(space, id, header);
        }
        int forgotten = pool.write(
                LeafMap.object(space), new WriteOp().assertExists().remove(List.of(LeafMap.leftoverKey(id))));
        if (forgotten != Errno.ENOENT) {
            require(forgotten, "the map of the space " + space);
        }
    }

    private void removeLeaf(String space, String id, byte[] header) {
        int removed = pool.write(
                Leaf.object(space, id),
                new WriteOp().expect(LeafKeys.HEADER, header).removeObject());
        if (removed != Errno.ECANCELED && removed != Errno.ENOENT) {
            require(removed, "removing a range");
        }
    }

    private static void require(int result, String what) {
        if (result < 0) {
            throw Failures.of(result, what);
        }
    }
}
