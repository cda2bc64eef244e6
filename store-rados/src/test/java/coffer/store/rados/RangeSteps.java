package coffer.store.rados;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.rados.Cluster;
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

/** A space of some rows, an engine on it, and the steps of a plan one by one, as one who dies in between makes them. */
abstract class RangeSteps {
    static final int KEYS = 120;
    static final byte[] MIDDLE = LeafKeys.group("k060");
    static final byte[] NONE = {};

    final String namespace = CephCluster.shared().newNamespace();
    final RadosEngine engine = TestEngines.open(namespace, RangeLimits.DEFAULT);
    final Cluster cluster = Cluster.connect("client.admin", CephCluster.shared().confFile(), Duration.ofSeconds(30));
    final Pool pool = cluster.pool(CephCluster.shared().metaPool(), namespace);
    final LeafMap map = new LeafMap(pool, new SecureRandom());
    final RangeFinisher finisher = new RangeFinisher(pool, map);
    final RangePlanner planner = new RangePlanner(pool, map, finisher);
    final TreeMap<String, String> expected = new TreeMap<>();

    @BeforeEach
    void fill() {
        for (int i = 0; i < KEYS; i++) {
            put("k%03d".formatted(i), "v" + i);
        }
    }

    private boolean engineIsClosed;

    /** Lets another engine lead. */
    void closeEngine() {
        engine.close();
        engineIsClosed = true;
    }

    @AfterEach
    void close() {
        if (!engineIsClosed) {
            closeEngine();
        }
        pool.close();
        cluster.close();
    }

    void put(String key, String value) {
        boolean done = engine.metadata().commit(Commit.put(new RowGroup("s", key).row('o'), value.getBytes(UTF_8)));
        assertThat(done).isTrue();
        expected.put(key, value);
    }

    /** The leaf that begins with the first key, or one behind it. */
    Leaf leaf(String key) {
        return map.find("s", LeafKeys.group(key)).orElseThrow();
    }

    void write(String object, WriteOp op) {
        assertThat(pool.write(object, op)).isNotNegative();
    }

    /** Writes the plan into the map. */
    void plan(RangePlan plan) {
        WriteOp op = new WriteOp();
        plan.parents()
                .forEach(parent ->
                        op.expect(LeafMap.planKey(parent), NONE).set(LeafMap.planKey(parent), plan.toBytes()));
        write(LeafMap.object("s"), op);
    }

    void prepare(RangePlan plan, Leaf child) {
        write(child.object(), new WriteOp().createExclusively().set(LeafKeys.HEADER, plan.building()));
    }

    void header(Leaf leaf, byte[] from, byte[] to) {
        write(leaf.object(), new WriteOp().expect(LeafKeys.HEADER, from).set(LeafKeys.HEADER, to));
    }

    static byte[] open() {
        return LeafHeader.open().toBytes();
    }

    /** Copies the first rows of each parent. */
    void copy(RangePlan plan, int count) {
        for (Leaf parent : plan.parents()) {
            ReadResult rows = pool.read(parent.object(), new ReadOp().range(LeafKeys.HEADER, NONE, count));
            for (OmapRow row : rows.rows(0).rows()) {
                write(
                        plan.childOf(LeafKeys.groupOf(row.key())).object(),
                        new WriteOp().expect(LeafKeys.HEADER, plan.building()).set(List.of(row)));
            }
        }
    }

    /** Makes the steps up to one. */
    static <S extends Enum<S>> void run(EnumMap<S, Runnable> steps, S last) {
        steps.forEach((step, run) -> {
            if (step.compareTo(last) <= 0) {
                run.run();
            }
        });
    }

    /** How many rows of each kind the map has. */
    Map<Character, Long> mapRows() {
        ReadResult rows = pool.read(LeafMap.object("s"), new ReadOp().range(NONE, NONE, 1000));
        return rows.rows(0).rows().stream()
                .collect(Collectors.groupingBy(row -> (char) row.key()[0], Collectors.counting()));
    }

    /** The objects of leaves. */
    List<String> leaves() {
        List<String> leaves = new ArrayList<>();
        pool.list(leaves::add);
        leaves.removeIf(name -> !name.startsWith("r."));
        return leaves;
    }
}
