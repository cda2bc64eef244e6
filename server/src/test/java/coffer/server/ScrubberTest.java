package coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.background.Scheduler;
import coffer.bucket.Bucket;
import coffer.integrity.Scrubber;
import coffer.multipart.Upload;
import coffer.object.DamageLog;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damage is found without anybody reading, and each object is looked at once a period. */
class ScrubberTest {
    private static final long FAST = 10_000_000_000L;
    private static final Duration WEEK = Duration.ofDays(7);

    @TempDir
    private Path folder;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-02-02T08:00:00Z"));
    private final InstantSource clock = now::get;
    private StoreFixture store;

    @BeforeEach
    void fill() {
        store = new StoreFixture(folder, clock);
        Bucket bucket = store.bucket("photos");
        for (int i = 0; i < 300; i++) {
            store.put(bucket, "k" + i, StoreFixture.bytes("small" + i + "/", 3000));
        }
        store.put(bucket, "large", StoreFixture.bytes("large", 700_000));
        Bucket second = store.bucket("second");
        Upload upload = store.upload(second, "film");
        store.part(second, upload, 1, StoreFixture.bytes("part", 700_000));
        store.close();
        store.damage("log", "small7/ 100\n");
        store.damage("blobs", "large 30000\n");
        store.damage("blobs", "part 100\n");
        store.reopen(clock);
    }

    @AfterEach
    void stop() {
        store.close();
    }

    @Test
    void findsAllDamageOnceAPeriod() {
        DamageLog damage = new DamageLog();
        try (Scheduler _ = scrub(damage, FAST)) {
            await(damage, 3);
        }
        store.close();
        store.reopen(clock);
        DamageLog again = new DamageLog();
        try (Scheduler _ = scrub(again, FAST)) {
            LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
            assertThat(again.count()).isLessThan(3);
        }
        now.set(now.get().plus(WEEK));
        try (Scheduler _ = scrub(again, FAST)) {
            await(again, 3);
        }
    }

    /** A restart does not begin anew: else what is at the end would never be read on a machine that is off at night. */
    @Test
    void goesOnWhereItWas() {
        DamageLog damage = new DamageLog();
        for (int i = 0; damage.count() < 3; i++) {
            assertThat(i).isLessThan(100);
            try (Scheduler _ = scrub(damage, 10_000_000)) {
                LockSupport.parkNanos(Duration.ofMillis(150).toNanos());
            }
        }
        assertThat(damage.count()).isEqualTo(3);
    }

    /** 1.5 MB and some 300 objects of a page each are 2.9 MB. */
    @Test
    void readsNoFasterThanItMay() {
        DamageLog damage = new DamageLog();
        long begun = System.nanoTime();
        try (Scheduler _ = scrub(damage, 2_000_000)) {
            await(damage, 3);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(900));
    }

    private Scheduler scrub(DamageLog damage, long bytesPerSecond) {
        Scrubber scrubber = new Scrubber(
                store.engine(),
                store.services().contentKeys(),
                store.services().buckets(),
                damage,
                clock,
                new Scrubber.Options(bytesPerSecond, WEEK));
        return Scheduler.start(store.engine(), clock, List.of(scrubber), () -> {});
    }

    private static void await(DamageLog damage, int count) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (damage.count() < count && System.nanoTime() < end) {
            LockSupport.parkNanos(1_000_000);
        }
        assertThat(damage.count()).isEqualTo(count);
    }
}
