package coffer.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.bucket.Bucket;
import coffer.bucket.BucketSettings;
import coffer.bucket.Settings;
import coffer.cam.Quota;
import coffer.integrity.UsageKeeper;
import coffer.multipart.Upload;
import coffer.object.Deletion;
import coffer.object.VersionId;
import coffer.operation.Services;
import coffer.usage.Amount;
import coffer.usage.Reading;
import coffer.usage.UsageRows;
import coffer.versioning.Versioning;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is counted with each commit is what is there. */
class UsageTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final InstantSource CLOCK = InstantSource.system();
    private static final String APP_ID = "1250000000";

    @TempDir
    private Path folder;

    private StoreFixture store;

    @BeforeEach
    void open() {
        store = new StoreFixture(folder, CLOCK);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void objectsVersionsAndPartsCount() {
        Bucket bucket = store.bucket("b");
        store.put(bucket, "k", new byte[10]);
        store.put(bucket, "k", new byte[30]);
        assertThat(usage(bucket)).isEqualTo(new Amount(30, 1));
        versioning(bucket, Versioning.ENABLED);
        store.put(bucket, "k", new byte[5]);
        assertThat(usage(bucket)).isEqualTo(new Amount(35, 2));
        Deletion _ = store.services().objects().delete(bucket, "k");
        assertThat(usage(bucket)).isEqualTo(new Amount(35, 2));
        Upload upload = store.upload(bucket, "big");
        store.part(bucket, upload, 1, new byte[100]);
        store.part(bucket, upload, 1, new byte[70]);
        store.part(bucket, upload, 2, new byte[1]);
        assertThat(usage(bucket)).isEqualTo(new Amount(106, 2));
        store.services().uploads().abort(bucket, "big", upload.id());
        assertThat(usage(bucket)).isEqualTo(new Amount(35, 2));
        Deletion _ = store.services().objects().delete(bucket, "k", new VersionId.Named.Null(), false);
        assertThat(usage(bucket)).isEqualTo(new Amount(5, 1));
        assertThat(store.services().usage().ofAccount(APP_ID)).isEqualTo(new Reading(new Amount(5, 1), false));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whatIsCountedAnewIsWhatWasCountedBefore(long seed) throws InterruptedException {
        Bucket bucket = store.bucket("b");
        RandomGenerator random = new Random(seed);
        for (int i = 0; i < 1500; i++) {
            change(bucket, random, 700);
        }
        assertThat(recounted(bucket)).isEqualTo(usage(bucket));
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5})
    void countingGoesOnWhileOthersWrite(long seed) throws InterruptedException {
        Bucket bucket = store.bucket("b");
        RandomGenerator filling = new Random(seed);
        for (int i = 0; i < 600; i++) {
            change(bucket, filling, 500);
        }
        // Another server on the same store that does not know what is there yet.
        Services restarted = StoreFixture.services(store.engine(), folder, CLOCK);
        StoreFixture other = store.with(restarted);
        AtomicBoolean stop = new AtomicBoolean();
        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            RandomGenerator random = new Random(seed * 10 + i);
            writers.add(Thread.ofVirtual().unstarted(() -> {
                while (!stop.get()) {
                    try {
                        change(other, bucket, random, 500);
                    } catch (CosException e) {
                        assertThat(e.error()).isEqualTo(CosError.PATH_CONFLICT);
                    }
                }
            }));
        }
        try (UsageKeeper keeper = keeper(restarted)) {
            writers.forEach(Thread::start);
            awaitExact(restarted, bucket);
            stop.set(true);
            for (Thread writer : writers) {
                writer.join();
            }
            assertThat(restarted.usage().of(bucket).isApproximate()).isFalse();
            assertThat(keeper).isNotNull();
        }
        assertThat(recounted(bucket)).isEqualTo(restarted.usage().of(bucket).amount());
    }

    @Test
    void whatWasSavedCountsAfterAProperStop() throws InterruptedException {
        Bucket bucket = store.bucket("b");
        try (UsageKeeper keeper = keeper(store.services())) {
            store.put(bucket, "k", new byte[10]);
            awaitExact(store.services(), bucket);
            assertThat(keeper).isNotNull();
        }
        Services restarted = StoreFixture.services(store.engine(), folder, CLOCK);
        try (UsageKeeper again = keeper(restarted)) {
            assertThat(restarted.usage().of(bucket)).isEqualTo(new Reading(new Amount(10, 1), false));
            assertThat(again).isNotNull();
        }
    }

    @Test
    void aQuotaIsEnforcedWithWhatIsThere() {
        Bucket bucket = store.bucket("b");
        limit(100, 3);
        store.put(bucket, "a", new byte[60]);
        assertThat(refusal(() -> store.put(bucket, "b", new byte[41])))
                .isEqualTo("The quota of the account is used up: 100 bytes.");
        store.put(bucket, "b", new byte[40]);
        store.put(bucket, "a", new byte[50]);
        store.put(bucket, "c", new byte[10]);
        assertThat(refusal(() -> store.put(bucket, "d", new byte[0])))
                .isEqualTo("The quota of the account is used up: 3 objects.");
        Upload upload = store.upload(bucket, "d");
        assertThat(refusal(() -> store.part(bucket, upload, 1, new byte[1]))).contains("100 bytes");
        Deletion _ = store.services().objects().delete(bucket, "a");
        store.part(bucket, upload, 1, new byte[1]);
        assertThat(usage(bucket)).isEqualTo(new Amount(51, 2));
    }

    @Test
    void whatReplacesTheNullVersionNeedsNoRoomOfItsOwn() {
        Bucket bucket = store.bucket("b");
        store.put(bucket, "k", new byte[80]);
        versioning(bucket, Versioning.SUSPENDED);
        limit(100, 1);
        store.put(bucket, "k", new byte[100]);
        assertThat(refusal(() -> store.put(bucket, "k", new byte[101]))).contains("100 bytes");
        versioning(bucket, Versioning.ENABLED);
        assertThat(refusal(() -> store.put(bucket, "k", new byte[0]))).contains("1 objects");
        assertThat(usage(bucket)).isEqualTo(new Amount(100, 1));
    }

    @Test
    void writersAtTheSameTimeUseUpAQuotaAndDoNotExceedIt() throws InterruptedException {
        List<Bucket> buckets = List.of(store.bucket("a"), store.bucket("b"));
        limit(64 * 10, Long.MAX_VALUE);
        AtomicInteger kept = new AtomicInteger();
        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Bucket bucket = buckets.get(i % 2);
            int writer = i;
            writers.add(Thread.startVirtualThread(() -> {
                for (int key = 0; key < 40; key++) {
                    try {
                        store.put(bucket, writer + "/" + key, new byte[10]);
                        kept.incrementAndGet();
                    } catch (CosException e) {
                        assertThat(e.error()).isEqualTo(CosError.ACCESS_DENIED);
                    }
                }
            }));
        }
        for (Thread writer : writers) {
            writer.join();
        }
        assertThat(kept).hasValue(64);
        assertThat(usage(buckets.getFirst()).plus(usage(buckets.getLast()))).isEqualTo(new Amount(640, 64));
    }

    @Test
    void aKeyThatIsWrittenToAllTheTimeIsCountedNevertheless() throws InterruptedException {
        Bucket bucket = store.bucket("b");
        store.put(bucket, "other", new byte[7]);
        Services restarted = StoreFixture.services(store.engine(), folder, CLOCK);
        StoreFixture other = store.with(restarted);
        AtomicBoolean stop = new AtomicBoolean();
        Thread writer = Thread.ofVirtual().start(() -> {
            for (int i = 0; !stop.get(); i++) {
                other.put(bucket, "hot", new byte[i % 50]);
            }
        });
        try (UsageKeeper keeper = keeper(restarted)) {
            awaitExact(restarted, bucket);
            stop.set(true);
            writer.join();
            assertThat(keeper).isNotNull();
        }
        assertThat(recounted(bucket)).isEqualTo(restarted.usage().of(bucket).amount());
    }

    @Test
    void afterTheLastSavingNothingIsCommitted() {
        Bucket bucket = store.bucket("b");
        keeper(store.services()).close();
        CosException refused = catchThrowableOfType(CosException.class, () -> store.put(bucket, "k", new byte[1]));
        assertThat(refused.error()).isEqualTo(CosError.SERVICE_UNAVAILABLE);
        store.close();
        store.reopen(CLOCK);
        assertThat(store.services().objects().find(bucket, "k")).isEmpty();
    }

    private void limit(long bytes, long objects) {
        store.services().usage().limit(() -> Map.of(APP_ID, new Quota(bytes, objects, 200)));
    }

    private static String refusal(ThrowingCallable write) {
        CosException refused = catchThrowableOfType(CosException.class, write);
        assertThat(refused.error()).isEqualTo(CosError.ACCESS_DENIED);
        return refused.message();
    }

    private Amount usage(Bucket bucket) {
        Reading reading = store.services().usage().of(bucket);
        assertThat(reading.isApproximate()).isFalse();
        return reading.amount();
    }

    private Amount recounted(Bucket bucket) throws InterruptedException {
        Services restarted = StoreFixture.services(store.engine(), folder, CLOCK);
        try (UsageKeeper keeper = keeper(restarted)) {
            awaitExact(restarted, bucket);
            assertThat(keeper).isNotNull();
        }
        new UsageRows(store.engine().metadata()).forget();
        return restarted.usage().of(bucket).amount();
    }

    private static void awaitExact(Services services, Bucket bucket) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (services.usage().of(bucket).isApproximate()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private UsageKeeper keeper(Services services) {
        return UsageKeeper.start(store.engine(), services.buckets(), services.usage(), Map::of, true);
    }

    private void versioning(Bucket bucket, Versioning to) {
        store.services().settings().put(bucket, Settings.VERSIONING, to, BucketSettings.Rule.any());
    }

    private void change(Bucket bucket, RandomGenerator random, int keys) {
        change(store, bucket, random, keys);
    }

    private static void change(StoreFixture on, Bucket bucket, RandomGenerator random, int keys) {
        String key = "k" + random.nextInt(keys);
        switch (random.nextInt(10)) {
            case 0 -> {
                Deletion _ = on.services().objects().delete(bucket, key);
            }
            case 1 -> {
                Upload upload = on.upload(bucket, key);
                on.part(bucket, upload, 1 + random.nextInt(3), new byte[random.nextInt(50)]);
                if (random.nextBoolean()) {
                    on.services().uploads().abort(bucket, key, upload.id());
                }
            }
            case 2 -> {
                if (random.nextInt(20) == 0) {
                    Versioning to = random.nextBoolean() ? Versioning.ENABLED : Versioning.SUSPENDED;
                    Bucket now = on.services().buckets().find(bucket.name()).orElseThrow();
                    on.services().settings().put(now, Settings.VERSIONING, to, BucketSettings.Rule.any());
                }
            }
            case 3 -> {
                Deletion _ = on.services().objects().delete(bucket, key, new VersionId.Named.Null(), false);
            }
            default -> on.put(bucket, key, new byte[random.nextInt(100)]);
        }
    }
}
