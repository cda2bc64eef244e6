package coffer.object;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import coffer.address.BucketName;
import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Headers;
import coffer.api.RequestBody;
import coffer.bucket.Bucket;
import coffer.bucket.BucketLimits;
import coffer.bucket.BucketService;
import coffer.bucket.BucketSettings;
import coffer.bucket.Settings;
import coffer.encryption.ContentKeys;
import coffer.encryption.KeyService;
import coffer.identity.Account;
import coffer.lock.DefaultRetention;
import coffer.lock.ObjectLockConfiguration;
import coffer.lock.RetentionMode;
import coffer.record.UniqueIds;
import coffer.store.BlobStore;
import coffer.store.Engine;
import coffer.store.MetadataStore;
import coffer.store.Trouble;
import coffer.store.memory.MemoryEngine;
import coffer.usage.Usage;
import coffer.versioning.Versioning;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A write that meets the deletion of its bucket is undone, also if it is locked from its first moment on. */
class BucketBeingDeletedTest {
    private static final Account ACCOUNT = new Account("1250000000", "100000000001");
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-25T08:00:00Z"));

    private final MemoryEngine memory = new MemoryEngine();
    private final Engine engine = new Interrupted();
    private final UniqueIds ids = new UniqueIds(CLOCK, new Random(1));
    private final BucketService buckets = new BucketService(engine.metadata(), BucketLimits.USUAL, CLOCK, ids);
    private final BucketSettings settings = new BucketSettings(engine.metadata(), buckets);
    private final ObjectService objects = new ObjectService(
            engine,
            new Usage(engine.metadata()),
            buckets,
            settings,
            new ContentKeys(KeyService.none(), new SecureRandom()),
            CLOCK,
            ids);
    private Optional<Runnable> interruption = Optional.empty();

    @ParameterizedTest
    @EnumSource(
            value = Versioning.class,
            names = {"NEVER", "ENABLED"})
    void leavesNothingBehind(Versioning versioning) {
        Bucket made = buckets.create(ACCOUNT, BucketName.parse("b-1250000000"), "ap-guangzhou", false);
        DefaultRetention days = new DefaultRetention(RetentionMode.COMPLIANCE, 7, DefaultRetention.Unit.DAYS);
        settings.put(
                made, Settings.OBJECT_LOCK, new ObjectLockConfiguration(Optional.of(days)), BucketSettings.Rule.any());
        if (versioning == Versioning.ENABLED) {
            settings.put(made, Settings.VERSIONING, versioning, BucketSettings.Rule.any());
        }
        Bucket bucket = buckets.find(made.name()).orElseThrow();
        interruption = Optional.of(() -> assertThat(catchThrowableOfType(CosException.class, () -> put(bucket))
                        .error())
                .isEqualTo(CosError.SERVICE_UNAVAILABLE));
        buckets.delete(bucket, List.of(ObjectRows.CURRENT, ObjectRows.VERSION));
        assertThat(interruption).isEmpty();
        assertThat(buckets.find(bucket.name())).isEmpty();
    }

    private void put(Bucket bucket) {
        var _ = objects.put(
                bucket,
                "k",
                Attributes.of(Headers.NONE),
                objects.encryption().begin(bucket, "k", Headers.NONE),
                RequestBody.EMPTY,
                BodyReceiver.Expectation.NONE,
                ObjectService.Precondition.NONE);
    }

    /** An engine in which something happens just before the next scan of current versions. */
    private final class Interrupted implements Engine {
        private final MetadataStore metadata = (MetadataStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {MetadataStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("scan") && arguments[1].equals(ObjectRows.CURRENT)) {
                        Optional<Runnable> now = interruption;
                        interruption = Optional.empty();
                        now.ifPresent(Runnable::run);
                    }
                    try {
                        return method.invoke(memory, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });

        @Override
        public MetadataStore metadata() {
            return metadata;
        }

        @Override
        public BlobStore blobs() {
            return memory;
        }

        @Override
        public boolean isLeader() {
            return true;
        }

        @Override
        public Optional<Trouble> trouble() {
            return Optional.empty();
        }

        @Override
        public void close() {
            memory.close();
        }
    }
}
