package coffer.store.rados;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.rados.Cluster;
import coffer.rados.Errno;
import coffer.rados.OmapRow;
import coffer.rados.Pool;
import coffer.rados.ReadOp;
import coffer.rados.ReadResult;
import coffer.rados.WriteOp;
import coffer.store.Commit;
import coffer.store.RowGroup;
import coffer.store.ceph.CephCluster;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A range that is split, by one who dies after any step of it. */
class RangeSplitTest {
    private static final int KEYS = 120;
    private static final byte[] MIDDLE = LeafKeys.group("k060");
    private static final byte[] NONE = {};

    private final String namespace = CephCluster.shared().newNamespace();
    private final RadosEngine engine = TestEngines.open(namespace, RangeLimits.DEFAULT);
    private final Cluster cluster =
            Cluster.connect("client.admin", CephCluster.shared().confFile(), Duration.ofSeconds(30));
    private final Pool pool = cluster.pool(CephCluster.shared().metaPool(), namespace);
    private final LeafMap map = new LeafMap(pool, new SecureRandom());
    private final RangeSplit splits = new RangeSplit(pool, map);
    private final TreeMap<String, String> expected = new TreeMap<>();

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

    @BeforeEach
    void fill() {
        for (int i = 0; i < KEYS; i++) {
            put("k%03d".formatted(i), "v" + i);
        }
    }

    @AfterEach
    void close() {
        engine.close();
        pool.close();
        cluster.close();
    }

    private void put(String key, String value) {
        boolean done = engine.metadata().commit(Commit.put(new RowGroup("s", key).row('o'), value.getBytes(UTF_8)));
        assertThat(done).isTrue();
        expected.put(key, value);
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void othersGoOnWhereOneHasDied(Step last) {
        Leaf leaf = leaf();
        RangePlan plan = dieAfter(leaf, last);
        assertThat(TwoEnginesTest.list(engine.metadata())).isEqualTo(expected);
        for (int i = 0; i < KEYS; i += 7) {
            put("k%03d".formatted(i), "again " + i);
        }
        assertThat(TwoEnginesTest.list(engine.metadata())).isEqualTo(expected);
        if (last.compareTo(Step.SEALED) < 0) {
            assertThat(splits.split(leaf, MIDDLE)).as("the plan in the way").isPresent();
            splits.giveUp(leaf, plan);
            assertThat(splits.split(leaf, MIDDLE)).isEmpty();
        }
        assertThat(mapRows()).as("rows of the map").isEqualTo(Map.of('R', 2L, 'N', 1L));
        List<String> leaves = new ArrayList<>();
        pool.list(leaves::add);
        leaves.removeIf(name -> !name.startsWith("r."));
        assertThat(leaves).as("leaves").hasSize(2);
        put("k060", "in the upper half");
        put("k059", "in the lower half");
        assertThat(TwoEnginesTest.list(engine.metadata())).isEqualTo(expected);
    }

    @Test
    void aPlannerThatIsTooLateLeavesNothing() {
        Leaf leaf = leaf();
        RangePlan late = dieAfter(leaf, Step.PREPARED);
        splits.giveUp(leaf, late);
        int sealed = pool.write(
                leaf.object(),
                new WriteOp()
                        .expect(LeafKeys.HEADER, LeafHeader.open().toBytes())
                        .set(LeafKeys.HEADER, late.sealed()));
        assertThat(sealed).isEqualTo(Errno.ECANCELED);
        assertThat(TwoEnginesTest.list(engine.metadata())).isEqualTo(expected);
        assertThat(mapRows()).isEqualTo(Map.of('R', 1L));
    }

    private Leaf leaf() {
        return map.find("s", LeafKeys.group("k000")).orElseThrow();
    }

    private RangePlan dieAfter(Leaf leaf, Step last) {
        RangePlan plan = new RangePlan(map.newId(), 1, map.newId(), map.newId(), MIDDLE);
        Map<Step, Runnable> steps = new EnumMap<>(Step.class);
        steps.put(
                Step.PLANNED,
                () -> write(
                        LeafMap.object("s"),
                        new WriteOp().expect(LeafMap.planKey(leaf), NONE).set(LeafMap.planKey(leaf), plan.toBytes())));
        steps.put(Step.ONE_PREPARED, () -> prepare(plan.lower(), plan));
        steps.put(Step.PREPARED, () -> prepare(plan.upper(), plan));
        steps.put(Step.SEALED, () -> header(leaf.object(), LeafHeader.open().toBytes(), plan.sealed()));
        steps.put(Step.HALF_COPIED, () -> copy(leaf, plan, KEYS / 3));
        steps.put(Step.COPIED, () -> copy(leaf, plan, KEYS));
        steps.put(Step.MOVED, () -> header(leaf.object(), plan.sealed(), plan.moved()));
        steps.put(
                Step.ONE_OPENED,
                () -> header(
                        Leaf.object("s", plan.lower()),
                        plan.building(),
                        LeafHeader.open().toBytes()));
        steps.put(
                Step.OPENED,
                () -> header(
                        Leaf.object("s", plan.upper()),
                        plan.building(),
                        LeafHeader.open().toBytes()));
        for (Map.Entry<Step, Runnable> step : steps.entrySet()) {
            if (step.getKey().compareTo(last) <= 0) {
                step.getValue().run();
            }
        }
        return plan;
    }

    private void prepare(String child, RangePlan plan) {
        write(Leaf.object("s", child), new WriteOp().createExclusively().set(LeafKeys.HEADER, plan.building()));
    }

    private void header(String object, byte[] from, byte[] to) {
        write(object, new WriteOp().expect(LeafKeys.HEADER, from).set(LeafKeys.HEADER, to));
    }

    private void copy(Leaf leaf, RangePlan plan, int count) {
        ReadResult rows = pool.read(leaf.object(), new ReadOp().range(LeafKeys.HEADER, NONE, count));
        for (OmapRow row : rows.rows(0).rows()) {
            boolean lower = LeafKeys.compare(LeafKeys.groupOf(row.key()), MIDDLE) < 0;
            write(
                    Leaf.object("s", lower ? plan.lower() : plan.upper()),
                    new WriteOp().expect(LeafKeys.HEADER, plan.building()).set(List.of(row)));
        }
    }

    private void write(String object, WriteOp op) {
        assertThat(pool.write(object, op)).isNotNegative();
    }

    private Map<Character, Long> mapRows() {
        ReadResult rows = pool.read(LeafMap.object("s"), new ReadOp().range(NONE, NONE, 100));
        return rows.rows(0).rows().stream()
                .collect(Collectors.groupingBy(row -> (char) row.key()[0], Collectors.counting()));
    }
}
