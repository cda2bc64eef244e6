package coffer.store.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import coffer.store.Blob;
import coffer.store.BlobId;
import coffer.store.BlobWriter;
import coffer.store.Change;
import coffer.store.Commit;
import coffer.store.Row;
import coffer.store.RowGroup;
import coffer.store.RowKey;
import coffer.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is found after a crash: a copy of the folder of a running engine is what a killed one leaves behind. */
class CrashTest {
    @TempDir
    private Path scratch;

    private Path folder;
    private LocalEngine engine;

    @BeforeEach
    void start() {
        folder = scratch.resolve("data");
        engine = LocalEngine.open(folder, LocalOptions.DEFAULT);
    }

    @AfterEach
    void stop() {
        engine.close();
    }

    @Test
    void everythingAcknowledgedIsThere() throws IOException {
        for (int i = 0; i < 200; i++) {
            put("k" + i, "value " + i);
        }
        put("k7", "replaced");
        engine.commit(Commit.ofRows(group("k8"), List.of(), List.of(Change.delete(row("k8")))));
        BlobId blob = blob("large", "bytes of a blob");
        crash();
        assertThat(body("k7")).isEqualTo("replaced");
        assertThat(engine.get(row("k8"))).isEmpty();
        assertThat(body("k199")).isEqualTo("value 199");
        assertThat(contents(blob)).isEqualTo("bytes of a blob");
        engine.drop("s");
        crash();
        assertThat(engine.get(row("k199"))).isEmpty();
    }

    @Test
    void crashAfterCrashLosesNothing() throws IOException {
        for (int round = 0; round < 5; round++) {
            put("round" + round, "value " + round);
            crash();
            for (int seen = 0; seen <= round; seen++) {
                assertThat(body("round" + seen)).isEqualTo("value " + seen);
            }
        }
    }

    /** The index may be behind the log by any number of batches, even by all. */
    @Test
    void theIndexIsMadeAgainFromTheLog() throws IOException {
        put("a", "1");
        BlobId blob = blob("b", "blob");
        put("a", "2");
        crash(copy -> deleteFolder(copy.resolve("index")));
        assertThat(body("a")).isEqualTo("2");
        assertThat(contents(blob)).isEqualTo("blob");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 20, 33, 60})
    void aTornTailIsCutOffAndTheRestGoesOn(int lost) throws IOException {
        put("whole", "1");
        long end = logEnd(folder);
        put("torn", "a body of some length, so that the cut falls into it");
        crash(copy -> truncate(lastSegment(copy), end + lost));
        assertThat(body("whole")).isEqualTo("1");
        assertThat(engine.get(row("torn"))).isEmpty();
        put("next", "2");
        crash();
        assertThat(body("whole")).isEqualTo("1");
        assertThat(body("next")).isEqualTo("2");
        put("torn", "3");
        crash();
        assertThat(body("torn")).isEqualTo("3");
    }

    @Test
    void aTailOfWhichOnlySomeSectorsWereWrittenIsCutOff() throws IOException {
        put("whole", "1");
        long end = logEnd(folder);
        put("torn", "x".repeat(3000));
        crash(copy -> overwrite(lastSegment(copy), end + 1024, new byte[512]));
        assertThat(body("whole")).isEqualTo("1");
        assertThat(engine.get(row("torn"))).isEmpty();
    }

    /** A torn write can only be the last; damage before an acknowledged batch must not go unnoticed. */
    @ParameterizedTest
    @ValueSource(ints = {0, 5, 40, 2000})
    void damageBeforeAnAcknowledgedBatchIsReported(int at) throws IOException {
        put("first", "1");
        long end = logEnd(folder);
        put("damaged", "x".repeat(3000));
        put("last", "2");
        Path copy = scratch.resolve("damaged");
        copy(folder, copy);
        overwrite(lastSegment(copy), end + at, new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
        StoreException failure = catchThrowableOfType(
                StoreException.class,
                () -> LocalEngine.open(copy, LocalOptions.DEFAULT).close());
        assertThat(failure.reason()).isEqualTo(StoreException.Reason.CORRUPT);
        assertThat(failure).hasMessageContaining("restore");
    }

    @Test
    void aMissingSegmentIsReported() throws IOException {
        put("first", "1");
        crash();
        put("second", "2");
        Path copy = scratch.resolve("damaged");
        copy(folder, copy);
        Files.delete(segments(copy).getFirst());
        deleteFolder(copy.resolve("index"));
        StoreException failure = catchThrowableOfType(
                StoreException.class,
                () -> LocalEngine.open(copy, LocalOptions.DEFAULT).close());
        assertThat(failure.reason()).isEqualTo(StoreException.Reason.CORRUPT);
    }

    @Test
    void aDamagedBodyIsNotHandedOut() throws IOException {
        put("k", "a body that will be damaged");
        long bodyEnd = logEnd(folder);
        engine.close();
        engine = LocalEngine.open(folder, LocalOptions.DEFAULT);
        overwrite(segments(folder).getFirst(), bodyEnd - 20, new byte[] {'!'});
        StoreException failure = catchThrowableOfType(StoreException.class, () -> body("k"));
        assertThat(failure.reason()).isEqualTo(StoreException.Reason.CORRUPT);
    }

    @Test
    void aDamagedBlobIsNotHandedOut() throws IOException {
        BlobId id = blob("k", "x".repeat(200_000));
        try (Stream<Path> files = Files.walk(folder.resolve("blobs"))) {
            overwrite(files.filter(Files::isRegularFile).findAny().orElseThrow(), 150_000, new byte[] {'!'});
        }
        StoreException failure = catchThrowableOfType(StoreException.class, () -> contents(id));
        assertThat(failure.reason()).isEqualTo(StoreException.Reason.CORRUPT);
    }

    @Test
    void blobsThatNoCommitAdoptedAreSweptAtTheNextStart() throws Exception {
        BlobId adopted = blob("k", "adopted");
        BlobId orphan;
        try (BlobWriter writer = engine.blobs().create(0)) {
            writer.write(ByteBuffer.wrap("orphan".getBytes(UTF_8)));
            orphan = writer.finish();
        }
        assertThat(contents(orphan)).isEqualTo("orphan");
        crash();
        for (int i = 0; i < 100 && blobFiles() > 1; i++) {
            Thread.sleep(50);
        }
        assertThat(blobFiles()).isEqualTo(1);
        assertThat(contents(adopted)).isEqualTo("adopted");
    }

    private interface Damage {
        void to(Path copy) throws IOException;
    }

    private void crash() throws IOException {
        crash(copy -> {});
    }

    /** Goes on with a copy of the folder as it is at this moment. */
    private void crash(Damage damage) throws IOException {
        Path copy = scratch.resolve(folder.getFileName() + "+");
        copy(folder, copy);
        engine.close();
        damage.to(copy);
        folder = copy;
        engine = LocalEngine.open(folder, LocalOptions.DEFAULT);
    }

    private long blobFiles() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("blobs"))) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    private static RowGroup group(String key) {
        return new RowGroup("s", key);
    }

    private static RowKey row(String key) {
        return group(key).row('o');
    }

    private void put(String key, String body) {
        engine.commit(Commit.ofRows(
                group(key),
                List.of(),
                List.of(Change.put(row(key), "v".getBytes(UTF_8), ByteBuffer.wrap(body.getBytes(UTF_8))))));
    }

    private BlobId blob(String key, String bytes) {
        try (BlobWriter writer = engine.blobs().create(0)) {
            writer.write(ByteBuffer.wrap(bytes.getBytes(UTF_8)));
            BlobId id = writer.finish();
            engine.commit(new Commit(
                    group(key), List.of(), List.of(Change.put(row(key), "v".getBytes(UTF_8))), List.of(id), List.of()));
            return id;
        }
    }

    private String body(String key) {
        Row found = engine.get(row(key)).orElseThrow();
        try (Blob body = engine.openBody(found.body().orElseThrow())) {
            return read(body);
        }
    }

    private String contents(BlobId id) {
        try (Blob blob = engine.blobs().open(id)) {
            return read(blob);
        }
    }

    private static String read(Blob blob) {
        ByteBuffer target = ByteBuffer.allocate((int) blob.lengthBytes());
        blob.read(0, target);
        return UTF_8.decode(target.flip()).toString();
    }

    private static List<Path> segments(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("log"))) {
            return files.sorted().toList();
        }
    }

    private static Path lastSegment(Path folder) throws IOException {
        return segments(folder).stream()
                .filter(file -> file.toFile().length() > 0)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** Where the last whole batch ends. */
    private static long logEnd(Path folder) throws IOException {
        Segment segment = Segment.open(Disk.REAL, lastSegment(folder));
        try {
            SegmentReader reader = new SegmentReader(segment, 0);
            while (reader.next().isPresent()) {
                // on to the next one
            }
            return reader.position();
        } finally {
            segment.release();
        }
    }

    private static void truncate(Path file, long length) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(length);
        }
    }

    private static void overwrite(Path file, long position, byte[] bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes), position);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                Files.createDirectories(to.resolve(from.relativize(directory).toString()));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static void deleteFolder(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
