package coffer.store.rados;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.store.Change;
import coffer.store.Commit;
import coffer.store.Expected;
import coffer.store.MetadataStore;
import coffer.store.Row;
import coffer.store.RowCursor;
import coffer.store.RowGroup;
import coffer.store.RowKey;
import coffer.store.ceph.CephCluster;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two processes' engines on one store, while its ranges are split all the time. */
class TwoEnginesTest {
    private static final RangeLimits SMALL = new RangeLimits(40, 40, 1);

    private final List<RadosEngine> engines = new ArrayList<>();

    @BeforeEach
    void open() {
        String namespace = CephCluster.shared().newNamespace();
        engines.add(TestEngines.open(namespace, SMALL));
        engines.add(TestEngines.open(namespace, SMALL));
    }

    @AfterEach
    void close() {
        engines.forEach(RadosEngine::close);
    }

    private MetadataStore store(int number) {
        return engines.get(number % engines.size()).metadata();
    }

    @Test
    void eachSeesWhatTheOtherHasWritten() throws Exception {
        List<Callable<Map<String, String>>> writers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            int writer = i;
            writers.add(() -> write(writer));
        }
        TreeMap<String, String> expected = new TreeMap<>();
        all(writers).forEach(expected::putAll);
        for (int number = 0; number < 2; number++) {
            assertThat(list(store(number))).isEqualTo(expected);
        }
        assertThat(engines.get(0).ranges("s")).as("ranges").isGreaterThan(4);
    }

    /** Puts, replaces and deletes keys of its own, and reads each by the other engine at once. */
    private Map<String, String> write(int writer) {
        TreeMap<String, String> mine = new TreeMap<>();
        Random random = new Random(writer);
        for (int i = 0; i < 150; i++) {
            String key = "%03d/%d".formatted(random.nextInt(60), writer);
            RowKey row = new RowGroup("s", key).row('o');
            MetadataStore one = store(i);
            MetadataStore other = store(i + 1);
            Optional<Row> seen = one.get(row);
            assertThat(seen.map(TwoEnginesTest::text)).isEqualTo(Optional.ofNullable(mine.get(key)));
            if (seen.isPresent() && random.nextInt(4) == 0) {
                assertThat(one.commit(Commit.ofRows(
                                row.group(), List.of(Expected.same(seen.get())), List.of(Change.delete(row)))))
                        .isTrue();
                mine.remove(key);
                assertThat(other.get(row)).isEmpty();
            } else {
                String value = writer + "-" + i;
                Change put =
                        Change.put(row, value.getBytes(UTF_8), ByteBuffer.wrap(("body of " + value).getBytes(UTF_8)));
                assertThat(one.commit(Commit.ofRows(row.group(), List.of(Expected.of(row, seen)), List.of(put))))
                        .isTrue();
                mine.put(key, value);
                Row read = other.get(row).orElseThrow();
                assertThat(text(read)).isEqualTo(value);
                ByteBuffer body = ByteBuffer.allocate(100);
                int _ = other.openBody(read.body().orElseThrow()).read(0, body);
                assertThat(new String(body.array(), 0, body.position(), UTF_8)).isEqualTo("body of " + value);
            }
        }
        return mine;
    }

    @Test
    void ofTwoWhoWriteOneRowOneIsFirst() throws Exception {
        RowKey row = new RowGroup("s", "counter").row('o');
        assertThat(store(0).commit(Commit.put(row, "0".getBytes(UTF_8)))).isTrue();
        List<Callable<Boolean>> writers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            MetadataStore store = store(i);
            int writer = i;
            writers.add(() -> {
                for (int done = 0; done < 25; ) {
                    Row seen = store.get(row).orElseThrow();
                    String next = String.valueOf(Integer.parseInt(text(seen)) + 1);
                    RowKey beside = row.group().row('p', writer + "-" + next);
                    if (store.commit(Commit.ofRows(
                            row.group(),
                            List.of(Expected.same(seen)),
                            List.of(
                                    Change.put(row, next.getBytes(UTF_8)),
                                    Change.put(beside, next.getBytes(UTF_8)))))) {
                        done++;
                    }
                }
                return true;
            });
        }
        all(writers);
        assertThat(text(store(1).get(row).orElseThrow())).isEqualTo("200");
        try (RowCursor rows = store(1).scan("s", 'p', "", "")) {
            int count = 0;
            while (rows.next().isPresent()) {
                count++;
            }
            assertThat(count).isEqualTo(200);
        }
    }

    @Test
    void whatOneRemembersTheOtherCanChange() throws Exception {
        RowKey row = new RowGroup("s", "bucket").row(TestEngines.REMEMBERED);
        assertThat(store(0).get(row)).isEmpty();
        assertThat(store(1).get(row)).isEmpty();
        for (int i = 0; i < 50; i++) {
            String value = "v" + i;
            assertThat(store(i).commit(Commit.put(row, value.getBytes(UTF_8)))).isTrue();
            assertThat(text(store(i).get(row).orElseThrow())).isEqualTo(value);
            assertThat(text(store(i + 1).get(row).orElseThrow())).isEqualTo(value);
        }
        assertThat(store(0).commit(Commit.ofRows(row.group(), List.of(), List.of(Change.delete(row)))))
                .isTrue();
        assertThat(store(1).get(row)).isEmpty();
    }

    @Test
    void aSpaceThatOneDropsIsEmptyForTheOther() {
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 100; i++) {
                assertThat(store(i).commit(Commit.put(new RowGroup("s", "k" + i).row('o'), "v".getBytes(UTF_8))))
                        .isTrue();
            }
            assertThat(list(store(1))).hasSize(100);
            store(0).drop("s");
            assertThat(list(store(1))).isEmpty();
            assertThat(store(1).get(new RowGroup("s", "k1").row('o'))).isEmpty();
        }
    }

    static Map<String, String> list(MetadataStore store) {
        TreeMap<String, String> found = new TreeMap<>();
        try (RowCursor rows = store.scan("s", 'o', "", "")) {
            for (Optional<Row> row = rows.next(); row.isPresent(); row = rows.next()) {
                assertThat(found.put(row.get().key().group().key(), text(row.get())))
                        .as("%s comes once", row.get().key())
                        .isNull();
            }
        }
        return found;
    }

    static String text(Row row) {
        return new String(row.value(), UTF_8);
    }

    private static <T> List<T> all(List<Callable<T>> tasks) throws Exception {
        List<T> results = new ArrayList<>();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<T> future : executor.invokeAll(tasks)) {
                results.add(future.get());
            }
        }
        return results;
    }
}
