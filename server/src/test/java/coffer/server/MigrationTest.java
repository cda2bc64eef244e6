package coffer.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.bucket.Bucket;
import coffer.encryption.ContentKeys;
import coffer.integrity.StoreCheck;
import coffer.migration.Loss;
import coffer.migration.Migration;
import coffer.migration.Phase;
import coffer.migration.Position;
import coffer.migration.StoreSize;
import coffer.multipart.Upload;
import coffer.object.ObjectRows;
import coffer.store.BlobStore;
import coffer.store.Commit;
import coffer.store.Engine;
import coffer.store.MetadataStore;
import coffer.store.RowGroup;
import coffer.store.StoreException;
import coffer.store.Trouble;
import coffer.store.local.LocalEngine;
import coffer.store.local.LocalInspection;
import coffer.store.local.LocalOptions;
import coffer.store.memory.MemoryEngine;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole stores in other engines; what becomes of their versions, {@link VersionHistoryTest} shows. */
class MigrationTest {
    private static final int IN_ROW = 300_000;
    private static final int LARGE = 700_000;
    private static final String NAME = "the old one";

    @TempDir
    private Path scratch;

    private final List<Loss> losses = new CopyOnWriteArrayList<>();
    private final List<Loss> leftOut = new CopyOnWriteArrayList<>();
    private final Migration.Watcher watcher = new Migration.Watcher() {
        @Override
        public void begins(StoreSize all) {
            assertThat(all.rows()).isPositive();
        }

        @Override
        public void reached(Phase phase, Position position) {
            assertThat(position.behind()).isPresent();
        }

        @Override
        public void lost(Phase phase, Loss loss) {
            (phase == Phase.COPY ? leftOut : losses).add(loss);
        }
    };

    private Instant now = Instant.parse("2026-02-02T08:00:00Z");

    /** It is noted after each row how far it is. */
    private final InstantSource clock = () -> now = now.plus(Duration.ofSeconds(2));

    private Path folder;
    private StoreFixture store;
    private Bucket bucket;

    @BeforeEach
    void fill() {
        folder = scratch.resolve("data");
        store = new StoreFixture(folder, clock);
        bucket = store.bucket("photos");
        store.put(bucket, "empty", new byte[0]);
        store.put(bucket, "small", StoreFixture.bytes("small", 3000));
        store.put(bucket, "in row", StoreFixture.bytes("in row", IN_ROW));
        store.put(bucket, "sealed in row", StoreFixture.bytes("sealed", IN_ROW), StoreFixture.SSE_COS);
        store.put(bucket, "customers", StoreFixture.bytes("customers", IN_ROW), StoreFixture.CUSTOMER_KEY);
        store.put(bucket, "large", StoreFixture.bytes("large", LARGE));
        Upload film = store.upload(bucket, "film", StoreFixture.SSE_COS);
        store.part(bucket, film, 1, StoreFixture.bytes("part", LARGE));
        store.part(bucket, film, 2, new byte[0]);
    }

    @AfterEach
    void stop() {
        store.close();
    }

    @Test
    void copiesIntoAnEngineOfShorterBodiesAndBack() throws IOException {
        store.close();
        StoreCheck.Totals before = CopiedStore.check(folder);
        MemoryEngine between = new MemoryEngine();
        Migration.Report there = copyTo(between);
        assertThat(there.finished()).isTrue();
        assertThat(there.bytes()).isEqualTo(3000 + 3 * IN_ROW + 2 * LARGE);
        assertThat(there.sealed()).isEqualTo(1);
        // Three that were bodies of rows, one large one, one part.
        assertThat(between.blobCount()).isEqualTo(5);

        Path back = scratch.resolve("back");
        try (LocalEngine target = LocalEngine.open(back, LocalOptions.DEFAULT)) {
            Migration.Report report = new Migration(between, target, NAME, clock, watcher).run(this::keys, false);
            assertThat(report).isEqualTo(there);
        }
        Files.copy(StoreFixture.keyFile(folder), StoreFixture.keyFile(back));
        assertThat(losses).isEmpty();
        StoreCheck.Totals totals = CopiedStore.check(back);
        assertThat(totals).isEqualTo(before);
        assertThat(totals.sealed()).isEqualTo(1);
    }

    @Test
    void goesOnWhereItWasInterruptedAndCopiesNothingTwice() {
        for (int i = 0; i < 100; i++) {
            store.put(bucket, "further/" + i, StoreFixture.bytes("further " + i, LARGE / 10));
        }
        store.close();
        MemoryEngine target = new MemoryEngine();
        AtomicInteger commits = new AtomicInteger();
        AtomicInteger blobs = new AtomicInteger();
        int interruptions = 0;
        boolean finished = false;
        while (!finished) {
            int last = commits.get() + 60;
            try {
                finished = copyTo(counted(target, commits, last, blobs)).finished();
            } catch (StoreException e) {
                assertThat(e).hasMessage("the world ends");
                assertThat(Migration.unfinished(target)).hasValue(NAME);
                interruptions++;
            }
            assertThat(interruptions).isLessThan(20);
        }
        assertThat(interruptions).isGreaterThan(1);
        // Those under way when it is interrupted may be made again; of 105 that is much less than all.
        assertThat(blobs.get()).isBetween(105, 105 + 48 * interruptions);
        assertThat(Migration.unfinished(target)).isEmpty();
        assertThat(losses).isEmpty();
    }

    @Test
    void refusesWhatIsNotEmptyAndTheCopyOfAnother() {
        store.close();
        MemoryEngine used = new MemoryEngine();
        used.commit(Commit.put(new RowGroup("system", "k").row('r'), new byte[] {1}));
        assertThatThrownBy(() -> copyTo(used))
                .isInstanceOf(Migration.Refused.class)
                .hasMessageContaining("not empty");

        MemoryEngine begun = new MemoryEngine();
        assertThatThrownBy(() -> copyTo(counted(begun, new AtomicInteger(), 3, new AtomicInteger())))
                .isInstanceOf(StoreException.class);
        assertThatThrownBy(() ->
                        new Migration(new MemoryEngine(), begun, "another", clock, watcher).run(this::keys, false))
                .isInstanceOf(Migration.Refused.class)
                .hasMessageContaining("a copy of the old one");
        assertThatThrownBy(() -> MigrationStores.requireWhole(begun))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("not finished");
        assertThatThrownBy(() -> new Migration(begun, new MemoryEngine(), NAME, clock, watcher).run(this::keys, false))
                .isInstanceOf(Migration.Refused.class);
    }

    @Test
    void namesWhatIsDamagedAndFinishesOnlyIfThatIsAccepted() {
        store.close();
        store.damage("blobs", "large 30000\n");
        MemoryEngine target = new MemoryEngine();
        for (int run = 0; run < 2; run++) {
            losses.clear();
            Migration.Report report = copyTo(target);
            assertThat(report.finished()).isFalse();
            assertThat(losses)
                    .singleElement()
                    .satisfies(loss -> assertThat(loss.row().group().key()).isEqualTo("large"));
        }
        assertThat(leftOut)
                .singleElement()
                .satisfies(loss -> assertThat(loss.problem()).startsWith("it is left out: "));
        assertThat(Migration.unfinished(target)).isPresent();
        try (LocalInspection old = LocalInspection.open(folder, LocalOptions.DEFAULT)) {
            assertThat(new Migration(old.engine(), target, NAME, clock, watcher)
                            .run(this::keys, true)
                            .finished())
                    .isTrue();
        }
        assertThat(Migration.unfinished(target)).isEmpty();
    }

    @Test
    void noticesThatTheOldStoreWasUsedMeanwhile() {
        store.close();
        MemoryEngine target = new MemoryEngine();
        // All is copied and nothing compared when it is interrupted.
        Engine dying = counted(target, new AtomicInteger(), Integer.MAX_VALUE, new AtomicInteger());
        try (LocalInspection old = LocalInspection.open(folder, LocalOptions.DEFAULT)) {
            assertThatThrownBy(() -> new Migration(old.engine(), dying, NAME, clock, watcher)
                            .run(
                                    _ -> {
                                        throw new IllegalStateException("interrupted");
                                    },
                                    false))
                    .hasMessage("interrupted");
        }
        store.reopen(clock);
        store.put(bucket, "small", StoreFixture.bytes("other", 3000));
        store.put(bucket, "new", StoreFixture.bytes("new", 3000));
        store.services().objects().delete(bucket, "empty");
        store.close();
        Migration.Report report = copyTo(target);
        assertThat(report.finished()).isFalse();
        assertThat(report.foreign()).isEqualTo(1);
        assertThat(losses)
                .filteredOn(loss -> loss.row().kind() == ObjectRows.CURRENT)
                .extracting(loss -> loss.row().group().key() + ": " + loss.problem())
                .containsExactlyInAnyOrder(
                        "small: it is not what it is in the old store", "new: it is not in the new store");
    }

    @Test
    void readsAgainWhatItWrote() throws IOException {
        store.close();
        Path copy = scratch.resolve("copy");
        try (LocalInspection old = LocalInspection.open(folder, LocalOptions.DEFAULT);
                LocalEngine target = LocalEngine.open(copy, LocalOptions.DEFAULT)) {
            assertThatThrownBy(() -> new Migration(old.engine(), target, NAME, clock, watcher)
                            .run(
                                    _ -> {
                                        throw new IllegalStateException("interrupted");
                                    },
                                    false))
                    .hasMessage("interrupted");
        }
        try (Stream<Path> blobs = Files.walk(copy.resolve("blobs"))) {
            for (Path blob : blobs.filter(Files::isRegularFile).toList()) {
                StoreFixture.flip(blob, LARGE / 2);
            }
        }
        try (LocalEngine target = LocalEngine.open(copy, LocalOptions.DEFAULT)) {
            assertThat(copyTo(target).finished()).isFalse();
        }
        assertThat(losses).extracting(loss -> loss.row().group().key()).containsExactlyInAnyOrder("large", "film");
    }

    private Migration.Report copyTo(Engine target) {
        try (LocalInspection old = LocalInspection.open(folder, LocalOptions.DEFAULT)) {
            return new Migration(old.engine(), target, NAME, clock, watcher).run(this::keys, false);
        }
    }

    private ContentKeys keys(MetadataStore metadata) {
        return CopiedStore.keys(metadata, folder);
    }

    /**
     * The same engine, which counts and fails.
     *
     * @param last the number of the last commit that succeeds
     */
    private static Engine counted(MemoryEngine engine, AtomicInteger commits, int last, AtomicInteger blobs) {
        MetadataStore metadata = proxy(MetadataStore.class, engine, name -> {
            if (name.equals("commit") && commits.incrementAndGet() > last) {
                throw new StoreException(StoreException.Reason.UNAVAILABLE, "the world ends");
            }
        });
        BlobStore store = proxy(BlobStore.class, engine, name -> {
            if (name.equals("create")) {
                blobs.incrementAndGet();
            }
        });
        return new Engine() {
            @Override
            public MetadataStore metadata() {
                return metadata;
            }

            @Override
            public BlobStore blobs() {
                return store;
            }

            @Override
            public Optional<Trouble> trouble() {
                return Optional.empty();
            }

            @Override
            public boolean isLeader() {
                return true;
            }

            @Override
            public void close() {
                // the engine below goes on
            }
        };
    }

    private static <T> T proxy(Class<T> type, T to, Consumer<String> before) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    before.accept(method.getName());
                    try {
                        return method.invoke(to, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
