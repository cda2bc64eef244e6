package coffer.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every metadata store must do. */
public abstract class MetadataStoreContract extends RowScanContract {
    @Test
    void aRowIsReadAsItWasWritten() {
        RowKey key = new RowGroup("bucket-1", "a/b").row(ROW, "part-7");
        assertThat(store.get(key)).isEmpty();
        assertThat(commit(key.group(), List.of(), Change.put(key, bytes("value"))))
                .isTrue();
        Row row = store.get(key).orElseThrow();
        assertThat(row.key()).isEqualTo(key);
        assertThat(row.value()).isEqualTo(bytes("value"));
        assertThat(row.body()).isEmpty();
        commit(key.group(), List.of(), Change.put(key, bytes("other")));
        assertThat(store.get(key).orElseThrow().value()).isEqualTo(bytes("other"));
        commit(key.group(), List.of(), Change.delete(key));
        assertThat(store.get(key)).isEmpty();
        assertThat(commit(key.group(), List.of(), Change.delete(key))).isTrue();
    }

    @Test
    void rowsDifferBySpaceKeyKindAndSuffix() {
        List<RowKey> keys = List.of(
                new RowGroup("s", "k").row('a', ""),
                new RowGroup("s", "k").row('a', "x"),
                new RowGroup("s", "k").row('b', ""),
                new RowGroup("s", "kx").row('a', ""),
                new RowGroup("s2", "k").row('a', ""),
                new RowGroup("s", "").row('a', "kx"));
        keys.forEach(key -> commit(key.group(), List.of(), Change.put(key, bytes(key.toString()))));
        keys.forEach(key -> assertThat(store.get(key).orElseThrow().value()).isEqualTo(bytes(key.toString())));
    }

    @Test
    void aCommitHappensOnlyIfWhatItExpectsHolds() {
        RowKey key = new RowGroup("s", "k").row(ROW);
        RowKey other = new RowGroup("s", "k").row('p', "1");
        assertThat(commit(key.group(), List.of(Expected.absent(key)), Change.put(key, bytes("1"))))
                .isTrue();
        assertThat(commit(key.group(), List.of(Expected.absent(key)), Change.put(key, bytes("2"))))
                .isFalse();
        Row first = store.get(key).orElseThrow();
        assertThat(commit(
                        key.group(),
                        List.of(Expected.same(first), Expected.absent(other)),
                        Change.put(key, bytes("3")),
                        Change.put(other, bytes("part"))))
                .isTrue();
        assertThat(commit(
                        key.group(), List.of(Expected.same(first)), Change.put(key, bytes("4")), Change.delete(other)))
                .isFalse();
        assertThat(store.get(key).orElseThrow().value()).isEqualTo(bytes("3"));
        assertThat(store.get(other).orElseThrow().value()).isEqualTo(bytes("part"));
        assertThat(commit(other.group(), List.of(Expected.of(other, Optional.empty())), Change.delete(key)))
                .isFalse();
        assertThat(store.get(key)).isPresent();
    }

    @Test
    void laterChangesOfACommitWinOverEarlierOnes() {
        RowKey key = new RowGroup("s", "k").row(ROW);
        commit(key.group(), List.of(), Change.put(key, bytes("1")), Change.delete(key), Change.put(key, bytes("2")));
        assertThat(store.get(key).orElseThrow().value()).isEqualTo(bytes("2"));
        commit(key.group(), List.of(), Change.put(key, bytes("3")), Change.delete(key));
        assertThat(store.get(key)).isEmpty();
    }

    @Test
    void aBodyIsReadAsItWasWritten() {
        for (int length : new int[] {0, 1, 4096, store.maxBodyBytes() - 1, store.maxBodyBytes()}) {
            RowKey key = new RowGroup("s", "k" + length).row(ROW);
            byte[] body = random(length);
            commit(key.group(), List.of(), Change.put(key, bytes("v"), ByteBuffer.wrap(body)));
            Row row = store.get(key).orElseThrow();
            assertThat(row.body().orElseThrow().lengthBytes()).isEqualTo(length);
            assertThat(read(row)).isEqualTo(body);
        }
    }

    @Test
    void onlyTheRemainingBytesOfABufferAreTheBody() {
        RowKey key = new RowGroup("s", "k").row(ROW);
        ByteBuffer buffer = ByteBuffer.wrap(bytes("..body..")).position(2).limit(6);
        commit(key.group(), List.of(), Change.put(key, bytes("v"), buffer));
        assertThat(read(store.get(key).orElseThrow())).isEqualTo(bytes("body"));
    }

    @Test
    void aBodyIsReadFromAnyOffsetAndSliced() throws Exception {
        RowKey key = new RowGroup("s", "k").row(ROW);
        byte[] body = random(10_000);
        commit(key.group(), List.of(), Change.put(key, bytes("v"), ByteBuffer.wrap(body)));
        try (Blob blob = store.openBody(store.get(key).orElseThrow().body().orElseThrow())) {
            ByteBuffer target = ByteBuffer.allocate(100);
            assertThat(blob.read(9_950, target)).isEqualTo(50);
            assertThat(Arrays.copyOf(target.array(), 50)).isEqualTo(Arrays.copyOfRange(body, 9_950, 10_000));
            assertThat(blob.read(10_000, target)).isZero();
            Optional<FileSlice> slice = blob.slice(10, 20);
            if (slice.isPresent()) {
                ByteBuffer sliced = ByteBuffer.allocate(20);
                slice.get().file().read(sliced, slice.get().position());
                assertThat(sliced.array()).isEqualTo(Arrays.copyOfRange(body, 10, 30));
            }
        }
    }

    @Test
    void aBodyThatIsOpenOutlivesItsRow() {
        RowKey key = new RowGroup("s", "k").row(ROW);
        byte[] body = random(5_000);
        commit(key.group(), List.of(), Change.put(key, bytes("v"), ByteBuffer.wrap(body)));
        try (Blob blob = store.openBody(store.get(key).orElseThrow().body().orElseThrow())) {
            commit(key.group(), List.of(), Change.put(key, bytes("w"), ByteBuffer.wrap(random(10))));
            ByteBuffer target = ByteBuffer.allocate(5_000);
            assertThat(blob.read(0, target)).isEqualTo(5_000);
            assertThat(target.array()).isEqualTo(body);
        }
    }

    @Test
    void aDroppedSpaceIsEmptyAndItsNeighboursAreNot() {
        for (String space : List.of("s", "s-1", "sa", "r")) {
            for (int i = 0; i < 300; i++) {
                RowGroup group = new RowGroup(space, "k" + i);
                commit(group, List.of(), Change.put(group.row(ROW), bytes("v"), ByteBuffer.wrap(random(50))));
            }
        }
        assertThat(store.spaces()).containsExactly("r", "s", "s-1", "sa");
        store.drop("s");
        assertThat(store.spaces()).containsExactly("r", "s-1", "sa");
        assertThat(scan("s", "", "")).isEmpty();
        assertThat(scan("s-1", "", "")).hasSize(300);
        assertThat(scan("sa", "", "")).hasSize(300);
        assertThat(scan("r", "", "")).hasSize(300);
        store.drop("s");
    }

    /** What every conditional write of a server rests on. */
    @Test
    void ofConcurrentCommitsOnOneRowEachIsSeenByTheNext() throws Exception {
        RowKey key = new RowGroup("s", "counter").row(ROW);
        commit(key.group(), List.of(), Change.put(key, bytes("0")));
        all(8, writer -> () -> {
            for (int done = 0; done < 50; ) {
                Row row = store.get(key).orElseThrow();
                int next = Integer.parseInt(new String(row.value(), UTF_8)) + 1;
                if (commit(key.group(), List.of(Expected.same(row)), Change.put(key, bytes("" + next)))) {
                    done++;
                }
            }
            return true;
        });
        assertThat(store.get(key).orElseThrow().value()).isEqualTo(bytes("400"));
    }

    @Test
    void whoIsTooLateSeesWhoWasFaster() throws Exception {
        for (int round = 0; round < 100; round++) {
            RowKey key = new RowGroup("s", "first-" + round).row(ROW);
            all(8, writer -> () -> {
                boolean first = commit(key.group(), List.of(Expected.absent(key)), Change.put(key, bytes("" + writer)));
                assertThat(first || store.get(key).isPresent()).isTrue();
                return first;
            });
        }
    }

    @Test
    void concurrentCommitsOnManyRowsAreAllThere() throws Exception {
        all(16, writer -> () -> {
            for (int i = 0; i < 100; i++) {
                RowKey key = new RowGroup("s", writer + "/" + i).row(ROW);
                byte[] body = bytes("body of " + writer + "/" + i);
                commit(key.group(), List.of(Expected.absent(key)), Change.put(key, bytes("v"), ByteBuffer.wrap(body)));
                assertThat(read(store.get(key).orElseThrow())).isEqualTo(body);
            }
            return true;
        });
        assertThat(scan("s", "", "")).hasSize(1600);
    }

    @Test
    void aCommitMayBeLarge() {
        RowGroup group = new RowGroup("s", "upload");
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            changes.add(Change.put(group.row('p', "%05d".formatted(i)), random(60)));
        }
        assertThat(store.commit(Commit.ofRows(group, List.of(), changes))).isTrue();
        assertThat(scanKind("s", 'p', "", "")).hasSize(10_000);
    }

    @Test
    void aClosedStoreTakesNoMoreCommits() {
        Engine closed = engine;
        RowKey key = new RowGroup("s", "k").row(ROW);
        commit(key.group(), List.of(), Change.put(key, bytes("v")));
        closed.close();
        assertThatThrownBy(() -> commit(key.group(), List.of(), Change.put(key, bytes("w"))))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.reason()).isEqualTo(StoreException.Reason.UNAVAILABLE));
        start();
    }

    private byte[] read(Row row) {
        try (Blob blob = store.openBody(row.body().orElseThrow())) {
            ByteBuffer target = ByteBuffer.allocate((int) blob.lengthBytes());
            blob.read(0, target);
            assertThat(target.hasRemaining()).isFalse();
            return target.array();
        }
    }

    private static void all(int threads, java.util.function.IntFunction<Callable<Boolean>> task) throws Exception {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> results = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                results.add(executor.submit(task.apply(i)));
            }
            for (Future<Boolean> result : results) {
                result.get();
            }
        }
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }
}
