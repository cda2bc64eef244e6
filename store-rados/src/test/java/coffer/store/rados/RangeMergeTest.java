package coffer.store.rados;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.rados.Errno;
import coffer.rados.WriteOp;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two ranges that are merged, by one who dies after any step of it. */
class RangeMergeTest extends RangeSteps {
    private Optional<Leaf> first = Optional.empty();
    private Optional<Leaf> second = Optional.empty();

    /** How far it had come. */
    enum Step {
        PLANNED,
        PREPARED,
        FIRST_SEALED,
        SEALED,
        HALF_COPIED,
        COPIED,
        FIRST_MOVED,
        MOVED,
        OPENED,
        PUBLISHED
    }

    @BeforeEach
    void split() {
        assertThat(planner.split(leaf("k000"), MIDDLE)).isEmpty();
        first = Optional.of(leaf("k000"));
        second = Optional.of(leaf("k060"));
        // The engine knows both.
        assertThat(TwoEnginesTest.list(engine.metadata())).isEqualTo(expected);
        assertThat(engine.ranges("s")).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(value = Step.class, mode = EnumSource.Mode.EXCLUDE, names = "PUBLISHED")
    void othersGoOnWhereOneHasDied(Step last) {
        RangePlan plan = dieAfter(last);
        assertThat(TwoEnginesTest.list(engine.metadata())).isEqualTo(expected);
        // From the end, so that the second is met first.
        for (int i = KEYS - 1; i >= 0; i -= 7) {
            put("k%03d".formatted(i), "again " + i);
        }
        assertThat(TwoEnginesTest.list(engine.metadata())).isEqualTo(expected);
        if (last.compareTo(Step.FIRST_SEALED) < 0) {
            assertThat(planner.merge(first.orElseThrow(), second.orElseThrow())).isEmpty();
            assertThat(planner.split(second.orElseThrow(), LeafKeys.group("k090")))
                    .as("the plan in the way")
                    .isPresent();
            finisher.giveUp(plan);
            assertThat(planner.merge(first.orElseThrow(), second.orElseThrow())).isPresent();
        }
        assertThat(mapRows()).as("rows of the map").isEqualTo(Map.of('R', 1L, 'N', 1L));
        assertThat(finisher.ranges("s")).isEqualTo(1);
        assertThat(leaves()).hasSize(1);
        put("k060", "in the middle");
        put("k059", "before it");
        assertThat(TwoEnginesTest.list(engine.metadata())).isEqualTo(expected);
        assertThat(engine.ranges("s")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void aSweepFinishesWhatNobodyMeets(Step last) {
        RangePlan _ = dieAfter(last);
        closeEngine();
        try (RadosEngine sweeping = TestEngines.open(namespace, RangeLimits.DEFAULT, TestEngines.SWEEPING)) {
            BlobEngines.await("one leaf", () -> mapRows().equals(Map.of('R', 1L, 'N', 1L)) && leaves().size() == 1);
            assertThat(TwoEnginesTest.list(sweeping.metadata())).isEqualTo(expected);
        }
    }

    @Test
    void aPlannerThatIsTooLateLeavesNothing() {
        RangePlan late = dieAfter(Step.PREPARED);
        finisher.giveUp(late);
        int sealed = pool.write(
                first.orElseThrow().object(),
                new WriteOp().expect(LeafKeys.HEADER, open()).set(LeafKeys.HEADER, late.sealed()));
        assertThat(sealed).isEqualTo(Errno.ECANCELED);
        assertThat(mapRows()).isEqualTo(Map.of('R', 2L, 'N', 1L));
        assertThat(leaves()).hasSize(2);
        assertThat(TwoEnginesTest.list(engine.metadata())).isEqualTo(expected);
    }

    @Test
    void whoWasGivenUpOnceMergesStill() {
        finisher.giveUp(dieAfter(Step.PLANNED));
        // Now the first has an epoch of its own.
        assertThat(planner.split(second.orElseThrow(), LeafKeys.group("k090"))).isEmpty();
        Leaf middle = leaf("k061");
        map.forget(middle);
        assertThat(planner.merge(first.orElseThrow(), leaf("k061"))).isPresent();
        assertThat(TwoEnginesTest.list(engine.metadata())).isEqualTo(expected);
        for (int i = 0; i < KEYS; i++) {
            put("k%03d".formatted(i), "again " + i);
        }
        assertThat(TwoEnginesTest.list(engine.metadata())).isEqualTo(expected);
        assertThat(mapRows()).isEqualTo(Map.of('R', 2L, 'N', 1L));
    }

    @Test
    void aSpaceIsDroppedWhileItIsMerged() {
        RangePlan _ = dieAfter(Step.HALF_COPIED);
        engine.metadata().drop("s");
        assertThat(leaves()).isEmpty();
        assertThat(TwoEnginesTest.list(engine.metadata())).isEmpty();
        finisher.help(first.orElseThrow());
        finisher.help(second.orElseThrow());
        assertThat(leaves()).isEmpty();
    }

    private RangePlan dieAfter(Step last) {
        Leaf lower = first.orElseThrow();
        Leaf upper = second.orElseThrow();
        RangePlan plan = RangePlan.merge(map.newId(), 1, lower, upper, map.newId());
        Leaf merged = plan.children().getFirst();
        EnumMap<Step, Runnable> steps = new EnumMap<>(Step.class);
        steps.put(Step.PLANNED, () -> plan(plan));
        steps.put(Step.PREPARED, () -> prepare(plan, merged));
        steps.put(Step.FIRST_SEALED, () -> header(lower, open(), plan.sealed()));
        steps.put(Step.SEALED, () -> header(upper, open(), plan.sealed()));
        steps.put(Step.HALF_COPIED, () -> copy(plan, KEYS / 3));
        steps.put(Step.COPIED, () -> copy(plan, KEYS));
        steps.put(Step.FIRST_MOVED, () -> header(lower, plan.sealed(), plan.moved()));
        steps.put(Step.MOVED, () -> header(upper, plan.sealed(), plan.moved()));
        steps.put(Step.OPENED, () -> header(merged, plan.building(), open()));
        steps.put(
                Step.PUBLISHED,
                () -> write(
                        LeafMap.object("s"),
                        new WriteOp()
                                .remove(List.of(
                                        LeafMap.planKey(lower), LeafMap.planKey(upper), LeafMap.rangeKey(lower)))
                                .set(LeafMap.rangeKey(merged), LeafMap.rangeValue(merged))
                                .set(LeafMap.leftoverKey(lower.id()), new byte[] {1})
                                .set(LeafMap.leftoverKey(upper.id()), new byte[] {1})));
        run(steps, last);
        return plan;
    }
}
