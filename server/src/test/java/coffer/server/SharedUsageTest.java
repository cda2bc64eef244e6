package coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.bucket.Bucket;
import coffer.integrity.UsageKeeper;
import coffer.operation.Services;
import coffer.store.BlobStore;
import coffer.store.Engine;
import coffer.store.MetadataStore;
import coffer.store.Trouble;
import coffer.usage.Amount;
import coffer.usage.Reading;
import coffer.usage.UsageRows;
import coffer.usage.UsageShares;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What several servers count of one store. */
class SharedUsageTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final InstantSource CLOCK = InstantSource.system();

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

    /** Two servers on one store, the second of which leads. */
    @Test
    void whatTwoServersWriteIsCountedByBoth() {
        Services here = StoreFixture.services(store.engine(), folder, CLOCK);
        Services there = StoreFixture.services(store.engine(), folder, CLOCK);
        Bucket bucket = store.bucket("b");
        try (UsageKeeper one = sharing(here, false);
                UsageKeeper other = sharing(there, true)) {
            store.with(here).put(bucket, "a", new byte[10]);
            store.with(there).put(bucket, "b", new byte[5]);
            store.with(there).put(bucket, "a", new byte[7]);
            awaitAmount(here, bucket, new Amount(12, 2));
            awaitAmount(there, bucket, new Amount(12, 2));
            assertThat(List.of(one, other)).hasSize(2);
        }
        Services restarted = StoreFixture.services(store.engine(), folder, CLOCK);
        try (UsageKeeper keeper = alone(restarted)) {
            assertThat(restarted.usage().of(bucket)).isEqualTo(new Reading(new Amount(12, 2), false));
            assertThat(keeper).isNotNull();
        }
    }

    /** One that is killed has not told all it did. */
    @Test
    void whatAKilledServerWroteToIsCountedAndNothingElse() {
        Services killed = StoreFixture.services(store.engine(), folder, CLOCK);
        UsageRows rows = new UsageRows(store.engine().metadata());
        rows.setTrue();
        new UsageShares(rows, killed.usage(), new Random(1)).begin();
        Bucket touched = store.bucket("touched");
        Bucket other = store.bucket("other");
        store.with(killed).put(touched, "k", new byte[10]);
        Services restarted = StoreFixture.services(store.engine(), folder, CLOCK);
        store.put(other, "uncounted", new byte[99]); // by nobody's count, so that it shows whether it is counted anew
        try (UsageKeeper keeper = alone(restarted)) {
            awaitAmount(restarted, touched, new Amount(10, 1));
            assertThat(restarted.usage().of(touched).isApproximate()).isFalse();
            assertThat(restarted.usage().of(other)).isEqualTo(Reading.NOTHING);
            assertThat(keeper).isNotNull();
        }
    }

    @Test
    void aBucketIsCountedThoughAnotherServerHasWrittenToIt() {
        Services here = StoreFixture.services(store.engine(), folder, CLOCK);
        Services there = StoreFixture.services(store.engine(), folder, CLOCK);
        Bucket bucket = store.bucket("b");
        store.put(bucket, "before", new byte[100]);
        try (UsageKeeper one = sharing(here, false)) {
            store.with(here).put(bucket, "a", new byte[10]);
            new UsageRows(store.engine().metadata()).doubt(List.of(bucket.space()));
            try (UsageKeeper other = sharing(there, true)) {
                store.with(here).put(bucket, "b", new byte[5]);
                awaitAmount(there, bucket, new Amount(115, 3));
                awaitAmount(here, bucket, new Amount(115, 3));
                store.with(here).put(bucket, "c", new byte[5]);
                awaitAmount(there, bucket, new Amount(120, 4));
                assertThat(List.of(one, other)).hasSize(2);
            }
        }
    }

    private static void awaitAmount(Services services, Bucket bucket, Amount amount) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!services.usage().of(bucket).equals(new Reading(amount, false))) {
            assertThat(System.nanoTime())
                    .as(services.usage().of(bucket).toString())
                    .isLessThan(deadline);
            LockSupport.parkNanos(10_000_000);
        }
    }

    private UsageKeeper sharing(Services services, boolean leads) {
        return UsageKeeper.start(new Led(store.engine(), leads), services.buckets(), services.usage(), Map::of, false);
    }

    /** An engine as one of several processes sees it. */
    private record Led(Engine engine, boolean isLeader) implements Engine {
        @Override
        public MetadataStore metadata() {
            return engine.metadata();
        }

        @Override
        public BlobStore blobs() {
            return engine.blobs();
        }

        @Override
        public Optional<Trouble> trouble() {
            return engine.trouble();
        }

        @Override
        public void close() {}
    }

    private UsageKeeper alone(Services services) {
        return UsageKeeper.start(store.engine(), services.buckets(), services.usage(), Map::of, true);
    }
}
