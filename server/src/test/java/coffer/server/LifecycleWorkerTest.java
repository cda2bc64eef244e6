package coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.api.Element;
import coffer.api.Headers;
import coffer.background.Next;
import coffer.background.Shift;
import coffer.bucket.Bucket;
import coffer.bucket.BucketSettings;
import coffer.bucket.Settings;
import coffer.housekeeping.LifecycleWorker;
import coffer.lifecycle.LifecycleConfiguration;
import coffer.lifecycle.LifecycleDays;
import coffer.lock.ObjectLockConfiguration;
import coffer.object.ObjectAging;
import coffer.versioning.Versioning;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The daily pass over a store on disk: what it does, where it goes on, what it leaves alone. */
class LifecycleWorkerTest {
    private static final String EXPIRE_1 = "<Expiration><Days>1</Days></Expiration>";

    @TempDir
    private Path folder;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-02-02T08:00:00Z"));
    private final InstantSource clock = now::get;
    private StoreFixture store;
    private Bucket bucket;

    @BeforeEach
    void open() {
        store = new StoreFixture(folder, clock);
        bucket = store.bucket("photos");
        LifecycleWorker _ = worker();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private LifecycleWorker worker() {
        return new LifecycleWorker(
                store.engine().metadata(),
                store.services().buckets(),
                store.services().settings(),
                new ObjectAging(store.engine().metadata(), store.services().objects()),
                store.services().uploads(),
                clock,
                LifecycleDays.REAL,
                1_000_000_000);
    }

    private void set(String prefix, String actions) {
        String document = "<LifecycleConfiguration><Rule><Filter><Prefix>" + prefix + "</Prefix></Filter>"
                + "<Status>Enabled</Status>" + actions + "</Rule></LifecycleConfiguration>";
        store.services()
                .settings()
                .put(
                        bucket,
                        Settings.LIFECYCLE,
                        LifecycleConfiguration.read(Element.parse(document.getBytes(StandardCharsets.UTF_8))),
                        BucketSettings.Rule.any());
        bucket = store.services().buckets().find(bucket.name()).orElseThrow();
    }

    private void pass(Duration time) {
        now.set(now.get().plus(time));
    }

    /** Works until there is nothing more to do, and says until when. */
    private static Instant work(LifecycleWorker worker) {
        while (true) {
            if (worker.work(new Shift(1_000_000_000, () -> false)) instanceof Next.At at) {
                return at.time();
            }
        }
    }

    private boolean isThere(String key) {
        return store.services().objects().find(bucket, key).isPresent();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void beginsAtMidnightAndWaitsForTheNext() {
        set("", EXPIRE_1);
        store.put(bucket, "k", text("text"));
        assertThat(work(worker())).isEqualTo(Instant.parse("2026-02-02T16:00:00Z"));
        pass(Duration.ofHours(20));
        assertThat(work(worker())).isEqualTo(Instant.parse("2026-02-03T16:00:00Z"));
        assertThat(isThere("k")).isTrue();
        pass(Duration.ofHours(24));
        LifecycleWorker worker = worker();
        work(worker);
        assertThat(isThere("k")).isFalse();
        assertThat(worker.figures()).containsEntry("expired", 1L);
    }

    /** 1,000 objects, and a shift that is over after 100 rows each time: each row is looked at once but for the last ones. */
    @Test
    void goesOnWhereItWasStopped() {
        for (int i = 0; i < 1000; i++) {
            store.put(bucket, "logs/%04d".formatted(i), text("text"));
        }
        store.put(bucket, "kept", text("text"));
        set("logs/", EXPIRE_1);
        pass(Duration.ofDays(3));
        LifecycleWorker last = worker();
        for (int shifts = 0; ; shifts++) {
            assertThat(shifts).isLessThan(20);
            AtomicInteger asked = new AtomicInteger();
            LifecycleWorker worker = worker();
            Next next = worker.work(new Shift(1_000_000_000, () -> asked.incrementAndGet() > 400));
            last = worker;
            store.close();
            store.reopen(clock);
            if (Objects.equals(worker.figures().get("expired"), 1000L) && next instanceof Next.Now) {
                break;
            }
        }
        assertThat(last.figures().get("rows")).isLessThan(1100);
        assertThat(isThere("logs/0000")).isFalse();
        assertThat(isThere("logs/0999")).isFalse();
        assertThat(isThere("kept")).isTrue();
    }

    @Test
    void lockedVersionsStay() {
        store.services()
                .settings()
                .put(
                        bucket,
                        Settings.OBJECT_LOCK,
                        new ObjectLockConfiguration(Optional.empty()),
                        BucketSettings.Rule.any());
        store.services().settings().put(bucket, Settings.VERSIONING, Versioning.ENABLED, BucketSettings.Rule.any());
        bucket = store.services().buckets().find(bucket.name()).orElseThrow();
        store.put(
                bucket,
                "k",
                text("locked"),
                Headers.of(
                        "x-cos-object-lock-mode",
                        "COMPLIANCE",
                        "x-cos-object-lock-retain-until-date",
                        "2026-03-01T00:00:00Z"));
        store.put(bucket, "k", text("new"));
        set("", "<NoncurrentVersionExpiration><NoncurrentDays>1</NoncurrentDays></NoncurrentVersionExpiration>");
        pass(Duration.ofDays(5));
        LifecycleWorker worker = worker();
        work(worker);
        assertThat(worker.figures()).containsEntry("locked", 1L).containsEntry("removed", 0L);
        pass(Duration.ofDays(40));
        LifecycleWorker later = worker();
        work(later);
        assertThat(later.figures()).containsEntry("locked", 0L).containsEntry("removed", 1L);
        assertThat(isThere("k")).isTrue();
    }

    /** What was written again since a row was read is young, and stays. */
    @Test
    void whatIsNotWhatWasLookedAtStays() {
        store.put(bucket, "k", text("old"));
        var row = store.services().objects().find(bucket, "k").orElseThrow().row();
        ObjectAging aging =
                new ObjectAging(store.engine().metadata(), store.services().objects());
        store.put(bucket, "k", text("new"));
        assertThat(aging.expire(bucket, row)).isEqualTo(ObjectAging.Outcome.OVERTAKEN);
        assertThat(aging.move(bucket, row, coffer.object.StorageClass.STANDARD_IA))
                .isEqualTo(ObjectAging.Outcome.OVERTAKEN);
        assertThat(isThere("k")).isTrue();
    }
}
