package coffer.store.rados;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.rados.Errno;
import coffer.rados.WriteOp;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A range that is split, by one who dies after any step of it. */
class RangeSplitTest extends RangeSteps {
    /** How far it had come. */
    enum Step {
        PLANNED,
        ONE_PREPARED,
        PREPARED,
        SEALED,
        HALF_COPIED,
        COPIED,
        MOVED,
        ONE_OPENED,
        OPENED
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void othersGoOnWhereOneHasDied(Step last) {
        Leaf leaf = leaf("k000");
        RangePlan plan = dieAfter(leaf, last);
        assertThat(TwoEnginesTest.list(engine.metadata())).isEqualTo(expected);
        for (int i = 0; i < KEYS; i += 7) {
            put("k%03d".formatted(i), "again " + i);
        }
        assertThat(TwoEnginesTest.list(engine.metadata())).isEqualTo(expected);
        if (last.compareTo(Step.SEALED) < 0) {
            assertThat(planner.split(leaf, MIDDLE)).as("the plan in the way").isPresent();
            finisher.giveUp(plan);
            assertThat(planner.split(leaf, MIDDLE)).isEmpty();
        }
        assertThat(mapRows()).as("rows of the map").isEqualTo(Map.of('R', 2L, 'N', 1L));
        assertThat(leaves()).hasSize(2);
        put("k060", "in the upper half");
        put("k059", "in the lower half");
        assertThat(TwoEnginesTest.list(engine.metadata())).isEqualTo(expected);
    }

    @Test
    void aPlannerThatIsTooLateLeavesNothing() {
        Leaf leaf = leaf("k000");
        RangePlan late = dieAfter(leaf, Step.PREPARED);
        finisher.giveUp(late);
        int sealed = pool.write(
                leaf.object(), new WriteOp().expect(LeafKeys.HEADER, open()).set(LeafKeys.HEADER, late.sealed()));
        assertThat(sealed).isEqualTo(Errno.ECANCELED);
        assertThat(TwoEnginesTest.list(engine.metadata())).isEqualTo(expected);
        assertThat(mapRows()).isEqualTo(Map.of('R', 1L));
    }

    private RangePlan dieAfter(Leaf leaf, Step last) {
        RangePlan plan = RangePlan.split(map.newId(), 1, leaf, map.newId(), map.newId(), MIDDLE);
        Leaf lower = plan.children().getFirst();
        Leaf upper = plan.children().getLast();
        EnumMap<Step, Runnable> steps = new EnumMap<>(Step.class);
        steps.put(Step.PLANNED, () -> plan(plan));
        steps.put(Step.ONE_PREPARED, () -> prepare(plan, lower));
        steps.put(Step.PREPARED, () -> prepare(plan, upper));
        steps.put(Step.SEALED, () -> header(leaf, open(), plan.sealed()));
        steps.put(Step.HALF_COPIED, () -> copy(plan, KEYS / 3));
        steps.put(Step.COPIED, () -> copy(plan, KEYS));
        steps.put(Step.MOVED, () -> header(leaf, plan.sealed(), plan.moved()));
        steps.put(Step.ONE_OPENED, () -> header(lower, plan.building(), open()));
        steps.put(Step.OPENED, () -> header(upper, plan.building(), open()));
        run(steps, last);
        return plan;
    }
}
