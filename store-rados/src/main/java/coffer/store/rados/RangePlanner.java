package coffer.store.rados;

import coffer.rados.Pool;
import coffer.rados.WriteOp;
import java.util.Optional;

/** Begins to split and to merge ranges; what is left then is for the {@link RangeFinisher}, here or elsewhere. Thread-safe. */
final class RangePlanner {
    private static final byte[] ABSENT = {};

    private final Pool pool;
    private final LeafMap map;
    private final RangeFinisher finisher;

    RangePlanner(Pool pool, LeafMap map, RangeFinisher finisher) {
        this.pool = pool;
        this.map = map;
        this.finisher = finisher;
    }

    /**
     * Splits a leaf, unless something else is planned for it.
     *
     * @param middle the first group of the upper half, within the range and not its first
     * @return the plan that stands in the way: somebody else's, which has been begun or forgotten
     */
    Optional<RangePlan> split(Leaf leaf, byte[] middle) {
        Optional<LeafHeader> header = open(leaf);
        if (header.isEmpty()) {
            return Optional.empty();
        }
        RangePlan plan = RangePlan.split(map.newId(), header.get().epoch(), leaf, map.newId(), map.newId(), middle);
        if (!write(plan)) {
            return finisher.planOf(leaf);
        }
        boolean _ = carryOut(plan, header.get());
        return Optional.empty();
    }

    /**
     * Makes one leaf of two, unless something else is planned for one of them.
     *
     * @param second begins where {@code first} ends
     * @return the new leaf; empty if they were not merged
     */
    Optional<Leaf> merge(Leaf first, Leaf second) {
        Optional<LeafHeader> header = open(first);
        if (header.isEmpty()) {
            return Optional.empty();
        }
        RangePlan plan = RangePlan.merge(map.newId(), header.get().epoch(), first, second, map.newId());
        return write(plan) && carryOut(plan, header.get())
                ? Optional.of(plan.children().getFirst())
                : Optional.empty();
    }

    /** The header of a leaf that is open. It is read before the plan is written, so that who gives it up is noticed. */
    private Optional<LeafHeader> open(Leaf leaf) {
        return finisher.header(leaf).filter(found -> found.state() == LeafHeader.State.OPEN);
    }

    /** Writes the plan into the map, unless there is another or the leaves are no longer those of the map. */
    private boolean write(RangePlan plan) {
        byte[] bytes = plan.toBytes();
        WriteOp op = new WriteOp().assertExists();
        for (Leaf parent : plan.parents()) {
            op.expect(LeafMap.rangeKey(parent), LeafMap.rangeValue(parent))
                    .expect(LeafMap.planKey(parent), ABSENT)
                    .set(LeafMap.planKey(parent), bytes);
        }
        return !RangeFinisher.isRefused(pool.write(LeafMap.object(plan.space()), op), "planning a range");
    }

    private boolean carryOut(RangePlan plan, LeafHeader header) {
        for (Leaf child : plan.children()) {
            int made =
                    pool.write(child.object(), new WriteOp().createExclusively().set(LeafKeys.HEADER, plan.building()));
            if (made < 0) {
                throw Failures.of(made, "preparing a range");
            }
        }
        int sealed = pool.write(
                plan.first().object(),
                new WriteOp().expect(LeafKeys.HEADER, header.toBytes()).set(LeafKeys.HEADER, plan.sealed()));
        if (RangeFinisher.isRefused(sealed, "sealing a range")) {
            plan.children().forEach(child -> finisher.removeLeaf(child.space(), child.id(), plan.building()));
            return false;
        }
        finisher.carryOut(plan);
        return true;
    }
}
