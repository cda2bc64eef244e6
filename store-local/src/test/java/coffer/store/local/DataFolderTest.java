package coffer.store.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import coffer.store.Blob;
import coffer.store.BlobWriter;
import coffer.store.Change;
import coffer.store.Commit;
import coffer.store.RowGroup;
import coffer.store.RowKey;
import coffer.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may have a data folder, and how much of the disk. */
class DataFolderTest {
    private static final int MIB = 1 << 20;

    @TempDir
    private Path scratch;

    @Test
    void isOneEnginesAtATime() {
        Path folder = scratch.resolve("data");
        LocalEngine engine = LocalEngine.open(folder, LocalOptions.DEFAULT);
        assertThat(refusal(folder)).contains("Another Coffer is running on " + folder);
        engine.close();
        LocalEngine.open(folder, LocalOptions.DEFAULT).close();
    }

    @Test
    void isRefusedIfANewerVersionMadeIt() throws IOException {
        Path folder = scratch.resolve("data");
        LocalEngine.open(folder, LocalOptions.DEFAULT).close();
        Files.writeString(folder.resolve("VERSION"), "2\n");
        assertThat(refusal(folder)).contains("format 2").contains("start a newer Coffer");
        Files.writeString(folder.resolve("VERSION"), "1\n");
        LocalEngine.open(folder, LocalOptions.DEFAULT).close();
    }

    @Test
    void isRefusedIfItIsSomebodyElses() throws IOException {
        Files.writeString(scratch.resolve("thesis.tex"), "years of work");
        assertThat(refusal(scratch)).contains("holds something that is not Coffer's");
        assertThat(Files.readString(scratch.resolve("thesis.tex"))).isEqualTo("years of work");
    }

    @Test
    void onAFullDiskWhatIsThereIsReadAndDeletedButNothingAdded() {
        Path folder = scratch.resolve("data");
        RowKey key = new RowGroup("s", "k").row('o');
        RowKey other = new RowGroup("s", "other").row('o');
        try (LocalEngine engine = LocalEngine.open(folder, LocalOptions.DEFAULT)) {
            put(engine, key, new byte[100]);
        }
        LocalOptions full = new LocalOptions(64 * MIB, 8 * MIB, 1024 * 1024, Long.MAX_VALUE);
        try (LocalEngine engine = LocalEngine.open(folder, full)) {
            assertFull(() -> put(engine, other, new byte[100]));
            assertFull(() -> put(engine, key, new byte[100]));
            assertFull(() -> {
                try (BlobWriter writer = engine.blobs().create(0)) {
                    writer.write(ByteBuffer.allocate(100));
                }
            });
            assertThat(engine.get(other)).isEmpty();
            try (Blob body =
                    engine.openBody(engine.get(key).orElseThrow().body().orElseThrow())) {
                assertThat(body.lengthBytes()).isEqualTo(100);
            }
            assertThat(engine.commit(Commit.ofRows(key.group(), List.of(), List.of(Change.delete(key)))))
                    .isTrue();
            assertThat(engine.get(key)).isEmpty();
        }
        try (LocalEngine engine = LocalEngine.open(folder, LocalOptions.DEFAULT)) {
            put(engine, other, new byte[100]);
            assertThat(engine.get(other)).isPresent();
        }
    }

    @Test
    void shrinksWhenMostOfItIsDeletedAndKeepsTheRest() throws IOException {
        Path folder = scratch.resolve("data");
        byte[] body = new byte[400 * 1024];
        LocalOptions options = new LocalOptions(32 * MIB, 8 * MIB, 1024 * 1024, 0);
        try (LocalEngine engine = LocalEngine.open(folder, options)) {
            for (int i = 0; i < 400; i++) {
                new Random(i).nextBytes(body);
                put(engine, new RowGroup("s", "k" + i).row('o'), body);
            }
            assertThat(logBytes(folder)).isGreaterThan(150L * MIB);
            for (int i = 0; i < 400; i++) {
                if (i % 10 != 0) {
                    RowKey key = new RowGroup("s", "k" + i).row('o');
                    engine.commit(Commit.ofRows(key.group(), List.of(), List.of(Change.delete(key))));
                }
            }
            engine.collect();
            assertThat(logBytes(folder)).isLessThan(100L * MIB);
            assertTenthIsThere(engine, body);
        }
        try (LocalEngine engine = LocalEngine.open(folder, options)) {
            assertTenthIsThere(engine, body);
        }
    }

    private static void assertTenthIsThere(LocalEngine engine, byte[] scratch) {
        for (int i = 0; i < 400; i += 10) {
            RowKey key = new RowGroup("s", "k" + i).row('o');
            ByteBuffer found = ByteBuffer.allocate(scratch.length);
            try (Blob stored =
                    engine.openBody(engine.get(key).orElseThrow().body().orElseThrow())) {
                stored.read(0, found);
            }
            new Random(i).nextBytes(scratch);
            assertThat(found.array()).isEqualTo(scratch);
        }
    }

    private static long logBytes(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("log"))) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    private static void put(LocalEngine engine, RowKey key, byte[] body) {
        engine.commit(Commit.ofRows(
                key.group(), List.of(), List.of(Change.put(key, "v".getBytes(UTF_8), ByteBuffer.wrap(body)))));
    }

    private static void assertFull(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThat(catchThrowableOfType(StoreException.class, call).reason()).isEqualTo(StoreException.Reason.FULL);
    }

    private static String refusal(Path folder) {
        return String.valueOf(catchThrowableOfType(
                        StoreException.class,
                        () -> LocalEngine.open(folder, LocalOptions.DEFAULT).close())
                .getMessage());
    }
}
