package coffer.store.rados;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.rados.Cluster;
import coffer.rados.Pool;
import coffer.rados.ReadOp;
import coffer.store.Change;
import coffer.store.Commit;
import coffer.store.Expected;
import coffer.store.MetadataStore;
import coffer.store.Row;
import coffer.store.RowGroup;
import coffer.store.RowKey;
import coffer.store.ceph.CephCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two engines on one store; one sweeps all the time, so that whatever has become small is merged. */
class RangeMergesTest {
    private static final RangeLimits SMALL = new RangeLimits(40, 40, 1);

    private final String namespace = CephCluster.shared().newNamespace();
    private final RadosEngine leader = TestEngines.open(namespace, SMALL, TestEngines.SWEEPING);
    private final RadosEngine other = TestEngines.open(namespace, SMALL);
    private final Cluster cluster = BlobEngines.connect();
    private final Pool pool = cluster.pool(CephCluster.shared().metaPool(), namespace);

    @AfterEach
    void close() {
        other.close();
        leader.close();
        pool.close();
        cluster.close();
    }

    private MetadataStore store(int number) {
        return (number % 2 == 0 ? leader : other).metadata();
    }

    private int ranges() {
        return pool.read(
                        LeafMap.object("s"),
                        new ReadOp().range(new byte[] {LeafMap.RANGE}, new byte[] {LeafMap.RANGE}, 1000))
                .rows(0)
                .rows()
                .size();
    }

    private long leaves() {
        return BlobEngines.objects(pool).stream()
                .filter(name -> name.startsWith("r."))
                .count();
    }

    private static RowKey row(String key) {
        return new RowGroup("s", key).row('o');
    }

    private void put(int number, String key, String value) {
        assertThat(store(number).commit(Commit.put(row(key), value.getBytes(UTF_8))))
                .isTrue();
    }

    private void delete(int number, String key) {
        Row seen = store(number).get(row(key)).orElseThrow();
        assertThat(store(number)
                        .commit(Commit.ofRows(
                                row(key).group(), List.of(Expected.same(seen)), List.of(Change.delete(row(key))))))
                .isTrue();
    }

    @Test
    void whatWasEmptiedShrinksToOneRangeAndGrowsAgain() {
        for (int round = 0; round < 2; round++) {
            TreeMap<String, String> expected = new TreeMap<>();
            for (int i = 0; i < 800; i++) {
                String key = "%04d".formatted(i * 7919 % 800);
                put(i, key, "v" + round);
                expected.put(key, "v" + round);
            }
            assertThat(ranges()).as("ranges").isGreaterThan(10);
            assertThat(TwoEnginesTest.list(store(1))).isEqualTo(expected);
            for (String key : expected.keySet()) {
                delete(round, key);
            }
            BlobEngines.await("one range", () -> ranges() == 1 && leaves() == 1);
            assertThat(TwoEnginesTest.list(store(0))).isEmpty();
            assertThat(TwoEnginesTest.list(store(1))).isEmpty();
        }
    }

    @Test
    void whatIsNotSmallStaysAsItIs() throws Exception {
        for (int i = 0; i < 400; i++) {
            put(1, "%04d".formatted(i), "v");
        }
        BlobEngines.await("what is small is merged", () -> leaves() == ranges());
        int before = ranges();
        Thread.sleep(1000);
        assertThat(ranges()).isEqualTo(before).isGreaterThan(8);
    }

    /** Writers fill and empty the space in turns, each its own keys, while others list it. */
    @Test
    void nobodyNoticesThatRangesAreSplitAndMerged() throws Exception {
        for (int i = 0; i < 20; i++) {
            put(i, "%03d/stays".formatted(i * 10), "stays");
        }
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger shrunk = new AtomicInteger();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> writers = new ArrayList<>();
            for (int writer = 0; writer < 6; writer++) {
                int number = writer;
                writers.add(executor.submit(() -> write(number)));
            }
            List<Future<Boolean>> watchers = new ArrayList<>();
            for (int lister = 0; lister < 2; lister++) {
                int number = lister;
                watchers.add(executor.submit(() -> list(number, over)));
            }
            watchers.add(executor.submit(() -> watch(over, shrunk)));
            try {
                for (Future<Boolean> writer : writers) {
                    assertThat(writer.get()).isTrue();
                }
            } finally {
                over.set(true);
            }
            for (Future<Boolean> watcher : watchers) {
                assertThat(watcher.get()).isTrue();
            }
        }
        assertThat(shrunk.get()).as("how often there were fewer ranges").isGreaterThan(10);
        assertThat(TwoEnginesTest.list(store(0))).hasSize(20).isEqualTo(TwoEnginesTest.list(store(1)));
    }

    private boolean write(int writer) {
        for (int round = 0; round < 4; round++) {
            for (int i = 0; i < 100; i++) {
                String key = "%03d/%d".formatted(i * 37 % 200, writer);
                put(i, key, "v" + round);
                assertThat(store(i + 1).get(row(key)).map(TwoEnginesTest::text)).hasValue("v" + round);
            }
            for (int i = 0; i < 100; i++) {
                String key = "%03d/%d".formatted(i * 37 % 200, writer);
                delete(i, key);
                assertThat(store(i + 1).get(row(key))).isEqualTo(Optional.empty());
            }
        }
        return true;
    }

    private boolean list(int number, AtomicBoolean over) {
        while (!over.get()) {
            Map<String, String> found = TwoEnginesTest.list(store(number));
            for (int i = 0; i < 20; i++) {
                assertThat(found).containsEntry("%03d/stays".formatted(i * 10), "stays");
            }
        }
        return true;
    }

    private boolean watch(AtomicBoolean over, AtomicInteger shrunk) {
        int before = ranges();
        while (!over.get()) {
            int now = ranges();
            if (now < before) {
                shrunk.incrementAndGet();
            }
            before = now;
        }
        return true;
    }
}
