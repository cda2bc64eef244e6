package coffer.server;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.bucket.Bucket;
import coffer.bucket.BucketSettings;
import coffer.bucket.Settings;
import coffer.object.Deletion;
import coffer.object.ObjectListing;
import coffer.object.ObjectService;
import coffer.object.VersionId;
import coffer.object.VersionListing;
import coffer.store.MetadataStore;
import coffer.versioning.Versioning;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Versions are read and listed while others move them from one kind of row to the other. */
class VersionRacesTest {
    private static final String KEY = "k";
    private static final int ROUNDS = 100;

    @TempDir
    private Path scratch;

    /** A null version is there all the time: in the row of the current one, or beside other versions. */
    @Test
    void aNullVersionIsNeitherMissedNorMetTwiceWhileItMoves() throws InterruptedException, ExecutionException {
        try (StoreFixture store = new StoreFixture(scratch.resolve("data"), InstantSource.system());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Bucket bucket = store.bucket("photos");
            store.put(bucket, KEY, new byte[10]);
            store.put(bucket, KEY, new byte[10]);
            AtomicBoolean over = new AtomicBoolean();
            Future<?> moving = threads.submit(() -> {
                try {
                    for (int round = 0; round < ROUNDS; round++) {
                        move(store, bucket);
                    }
                } finally {
                    over.set(true);
                }
            });
            while (!over.get()) {
                List<String> ids = ids(store, bucket);
                assertThat(ids).filteredOn("null"::equals).as(ids.toString()).hasSize(1);
                assertThat(store.services().objects().versions().find(bucket, KEY, Optional.of("null")))
                        .isPresent();
            }
            moving.get();
        }
    }

    /** While a listing goes through the one kind of row and the other. */
    @Test
    void aListingSeesOneMoment() {
        try (StoreFixture store = new StoreFixture(scratch.resolve("data"), InstantSource.system())) {
            Bucket bucket = store.bucket("photos");
            store.put(bucket, KEY, new byte[10]);
            for (Versioning next : List.of(Versioning.ENABLED, Versioning.SUSPENDED, Versioning.ENABLED)) {
                MetadataStore interrupted = interrupted(store.engine(), () -> {
                    set(store, bucket, next);
                    store.put(bucket, KEY, new byte[10]);
                });
                assertThat(ids(new VersionListing(interrupted), bucket))
                        .as(next.toString())
                        .filteredOn("null"::equals)
                        .hasSize(1);
            }
        }
    }

    /** The same, but that something happens once a scan has begun. */
    private static MetadataStore interrupted(MetadataStore store, Runnable happening) {
        return (MetadataStore) Proxy.newProxyInstance(
                MetadataStore.class.getClassLoader(),
                new Class<?>[] {MetadataStore.class},
                (self, method, arguments) -> {
                    Object result = method.invoke(store, arguments);
                    if (method.getName().equals("scanGroups")) {
                        happening.run();
                    }
                    return result;
                });
    }

    private static void move(StoreFixture store, Bucket bucket) {
        ObjectService objects = store.services().objects();
        set(store, bucket, Versioning.ENABLED);
        store.put(bucket, KEY, new byte[10]);
        String newest = ids(store, bucket).getFirst();
        set(store, bucket, Versioning.SUSPENDED);
        store.put(bucket, KEY, new byte[10]);
        Deletion _ = objects.delete(bucket, KEY, VersionId.Named.parse(newest), false);
    }

    private static void set(StoreFixture store, Bucket bucket, Versioning next) {
        store.services().settings().put(bucket, Settings.VERSIONING, next, BucketSettings.Rule.any());
    }

    private static List<String> ids(StoreFixture store, Bucket bucket) {
        return ids(store.services().versionListing(), bucket);
    }

    private static List<String> ids(VersionListing listing, Bucket bucket) {
        ObjectListing.Selection all = new ObjectListing.Selection("", "", "", 1000);
        return listing.list(bucket, new VersionListing.Selection(all, "")).entries().stream()
                .map(entry -> entry.kept().id().text())
                .toList();
    }
}
