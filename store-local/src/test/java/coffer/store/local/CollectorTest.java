package coffer.store.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.store.Blob;
import coffer.store.Change;
import coffer.store.Commit;
import coffer.store.RowGroup;
import coffer.store.RowKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the log gives back to the file system, and what it leaves alone. */
class CollectorTest {
    private static final LocalOptions SMALL_SEGMENTS =
            new LocalOptions(32L * 1024 * 1024, LocalOptions.DEFAULT.blockCacheBytes(), 1024 * 1024, 0);
    private static final int BODIES = 20_000;

    @TempDir
    private Path folder;

    private LocalEngine engine;

    @BeforeEach
    void start() {
        engine = LocalEngine.open(folder, SMALL_SEGMENTS);
    }

    @AfterEach
    void stop() {
        engine.close();
    }

    /** Rows with bodies of one byte: by their bodies alone a segment would look dead, and be copied for ever. */
    @Test
    void aSegmentOfTinyLiveBodiesIsNotCopied() throws IOException {
        putAll("x");
        seal();
        List<Path> before = segments();
        engine.collect();
        assertThat(segments()).isEqualTo(before);
        assertThat(body(0)).isEqualTo("x");
    }

    @Test
    void aSegmentWithoutLiveBodiesGoesAtOnce() throws IOException {
        putAll("x".repeat(1000));
        seal();
        Path first = segments().getFirst();
        inParallel(this::delete);
        engine.collect();
        assertThat(first).doesNotExist();
    }

    @Test
    void aMostlyDeadSegmentIsCopiedForwardAndWhatLivesStays() throws IOException {
        putAll("x".repeat(1000));
        seal();
        Path first = segments().getFirst();
        inParallel(i -> {
            if (i % 10 != 0) {
                delete(i);
            }
        });
        engine.collect();
        assertThat(first).doesNotExist();
        for (int i = 0; i < BODIES; i += 10) {
            assertThat(body(i)).isEqualTo("x".repeat(1000));
        }
        seal();
        List<Path> before = segments();
        engine.collect();
        assertThat(segments()).containsAll(before.subList(0, before.size() - 1));
        stop();
        start();
        assertThat(body(BODIES - 10)).isEqualTo("x".repeat(1000));
    }

    /** Begins a new segment: every opening does. */
    private void seal() {
        stop();
        start();
        engine.commit(Commit.ofRows(group("seal"), List.of(), List.of(Change.put(row("seal"), new byte[1]))));
    }

    private List<Path> segments() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("log"))) {
            return files.sorted().toList();
        }
    }

    private void putAll(String body) {
        ByteBuffer bytes = ByteBuffer.wrap(body.getBytes(UTF_8));
        inParallel(i -> engine.commit(Commit.ofRows(
                group("key" + i),
                List.of(),
                List.of(Change.put(row("key" + i), "a value".repeat(10).getBytes(UTF_8), bytes.duplicate())))));
    }

    private void delete(int i) {
        engine.commit(Commit.ofRows(group("key" + i), List.of(), List.of(Change.delete(row("key" + i)))));
    }

    private String body(int i) {
        try (Blob body =
                engine.openBody(engine.get(row("key" + i)).orElseThrow().body().orElseThrow())) {
            ByteBuffer target = ByteBuffer.allocate((int) body.lengthBytes());
            body.read(0, target);
            return UTF_8.decode(target.flip()).toString();
        }
    }

    private static void inParallel(IntConsumer action) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, BODIES).forEach(i -> threads.execute(() -> action.accept(i)));
        }
    }

    private static RowGroup group(String key) {
        return new RowGroup("s", key);
    }

    private static RowKey row(String key) {
        return group(key).row('o');
    }
}
