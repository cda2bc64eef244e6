package coffer.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every metadata store must do of scans; the beginning of {@link MetadataStoreContract}. */
public abstract class RowScanContract {
    static final char ROW = 'o';
    private static final List<String> KEYS_IN_ORDER = List.of(
            "",
            "\u0000",
            "\u0000\u0000",
            "\u0000\u0001",
            "\u0001",
            "\u0001\u0001",
            "\u0002",
            " ",
            "A",
            "a",
            "a\u0000",
            "a\u0000b",
            "a\u0001",
            "a/",
            "a/b",
            "a0",
            "aa",
            "b",
            "~",
            "\u007f",
            "é",
            "旅",
            "\uffff",
            "\ud83d\ude00");

    Engine engine;
    MetadataStore store;

    /** A new engine without any rows. */
    protected abstract Engine open();

    @BeforeEach
    void start() {
        engine = open();
        store = engine.metadata();
    }

    @AfterEach
    void stop() {
        engine.close();
    }

    @Test
    void rowsAreScannedInTheOrderOfTheirOctets() {
        List<String> shuffled = new ArrayList<>(KEYS_IN_ORDER);
        java.util.Collections.shuffle(shuffled, new Random(1));
        for (String key : shuffled) {
            RowGroup group = new RowGroup("s", key);
            commit(
                    group,
                    List.of(),
                    Change.put(group.row(ROW, "2"), bytes("v")),
                    Change.put(group.row(ROW, "10"), bytes("v")),
                    Change.put(group.row('q'), bytes("v")));
        }
        commit(new RowGroup("s-2", "x"), List.of(), Change.put(new RowGroup("s-2", "x").row(ROW), bytes("v")));
        List<String> expected = KEYS_IN_ORDER.stream()
                .flatMap(key -> Stream.of(key + "|10", key + "|2"))
                .toList();
        assertThat(scan("s", "", "")).isEqualTo(expected);
        assertThat(scan("s", "a/b", "2")).isEqualTo(expected.subList(expected.indexOf("a/b|2"), expected.size()));
        assertThat(scan("s", "a/bc", "")).isEqualTo(expected.subList(expected.indexOf("a0|10"), expected.size()));
        assertThat(scan("absent", "", "")).isEmpty();
    }

    @Test
    void aCursorSeeksForwardsAndBackwards() {
        for (String key : List.of("a", "b", "c")) {
            RowGroup group = new RowGroup("s", key);
            commit(group, List.of(), Change.put(group.row(ROW), bytes(key)));
        }
        try (RowCursor cursor = store.scan("s", ROW, "b", "")) {
            assertThat(cursor.next().orElseThrow().value()).isEqualTo(bytes("b"));
            cursor.seek("c", "");
            assertThat(cursor.next().orElseThrow().value()).isEqualTo(bytes("c"));
            assertThat(cursor.next()).isEmpty();
            cursor.seek("d", "");
            assertThat(cursor.next()).isEmpty();
            cursor.seek("", "");
            assertThat(cursor.next().orElseThrow().value()).isEqualTo(bytes("a"));
        }
    }

    @Test
    void rowsOfSeveralKindsAreScannedGroupByGroup() {
        for (String key : List.of("a", "a\u0000", "b", "c")) {
            RowGroup group = new RowGroup("s", key);
            commit(
                    group,
                    List.of(),
                    Change.put(group.row('q', "1"), bytes("v")),
                    Change.put(group.row('q', "2"), bytes("v")),
                    Change.put(group.row('x'), bytes("not asked for")));
            if (!key.equals("b")) {
                commit(group, List.of(), Change.put(group.row(ROW), bytes("v")));
            }
        }
        List<String> all = List.of(
                "a|o|",
                "a|q|1",
                "a|q|2",
                "a\u0000|o|",
                "a\u0000|q|1",
                "a\u0000|q|2",
                "b|q|1",
                "b|q|2",
                "c|o|",
                "c|q|1",
                "c|q|2");
        try (RowCursor rows = store.scanGroups("s", "oq", "", "")) {
            assertThat(rest(rows)).isEqualTo(all);
            rows.seek("a", "2");
            assertThat(rest(rows)).isEqualTo(all.subList(2, all.size()));
            rows.seek("b", "");
            assertThat(rest(rows)).isEqualTo(all.subList(6, all.size()));
            rows.seek("c", "3");
            assertThat(rest(rows)).isEmpty();
        }
        try (RowCursor rows = store.scanGroups("s", "qo", "c", "")) {
            assertThat(rest(rows)).containsExactly("c|q|1", "c|q|2", "c|o|");
        }
        try (RowCursor rows = store.scanGroups("absent", "oq", "", "")) {
            assertThat(rest(rows)).isEmpty();
        }
    }

    @Test
    void whatMovesFromOneKindToAnotherIsMetOnce() throws Exception {
        RowGroup group = new RowGroup("s", "moved");
        Row inOne = put(group.row(ROW));
        AtomicBoolean done = new AtomicBoolean();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> moves = executor.submit(() -> {
                Row row = inOne;
                int count = 0;
                for (; !done.get(); count++) {
                    RowKey to = group.row(row.key().kind() == ROW ? 'q' : ROW);
                    assertThat(commit(
                                    group,
                                    List.of(Expected.same(row), Expected.absent(to)),
                                    Change.delete(row.key()),
                                    Change.put(to, bytes("v"))))
                            .isTrue();
                    row = store.get(to).orElseThrow();
                }
                return count;
            });
            for (int i = 0; i < 300; i++) {
                try (RowCursor rows = store.scanGroups("s", "oq", "", "")) {
                    assertThat(rest(rows)).hasSize(1);
                }
            }
            done.set(true);
            assertThat(moves.get()).isPositive();
        }
    }

    private Row put(RowKey key) {
        assertThat(commit(key.group(), List.of(), Change.put(key, bytes("v")))).isTrue();
        return store.get(key).orElseThrow();
    }

    private static List<String> rest(RowCursor rows) {
        return Stream.generate(rows::next)
                .takeWhile(Optional::isPresent)
                .map(row -> row.orElseThrow().key())
                .map(key -> key.group().key() + "|" + key.kind() + "|" + key.suffix())
                .toList();
    }

    final boolean commit(RowGroup group, List<Expected> expected, Change... changes) {
        return store.commit(Commit.ofRows(group, expected, List.of(changes)));
    }

    final List<String> scan(String space, String fromKey, String fromSuffix) {
        return scanKind(space, ROW, fromKey, fromSuffix);
    }

    final List<String> scanKind(String space, char kind, String fromKey, String fromSuffix) {
        List<String> found = new ArrayList<>();
        try (RowCursor cursor = store.scan(space, kind, fromKey, fromSuffix)) {
            for (Optional<Row> row = cursor.next(); row.isPresent(); row = cursor.next()) {
                RowKey key = row.get().key();
                assertThat(key.kind()).isEqualTo(kind);
                assertThat(key.group().space()).isEqualTo(space);
                found.add(key.group().key() + "|" + key.suffix());
            }
        }
        return found;
    }

    static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
