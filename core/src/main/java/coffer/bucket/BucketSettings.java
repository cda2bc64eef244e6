package coffer.bucket;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.store.Change;
import coffer.store.MetadataStore;
import coffer.store.Row;
import coffer.store.RowKey;
import coffer.store.StoreException;
import coffer.versioning.Versioning;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The settings of all buckets. Thread-safe.
 *
 * <p>The bucket's own row names each setting with the revision that made it, so whoever has read that row knows without
 * asking which settings there are, and a parsed setting can be remembered for ever: another one has another revision.
 */
public final class BucketSettings {
    /** Kind of the rows of settings, beside the row of their bucket. */
    static final char SETTING = 'c';

    private static final int FORMAT = 1;
    private static final int REMEMBERED = 10_000;
    private static final int MAX_ATTEMPTS = 100;

    private final MetadataStore metadata;
    private final BucketService buckets;
    private final Cache<Revision, Object> parsed = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .executor(Runnable::run)
            .build();

    private record Revision(String space, String setting, long number) {}

    public BucketSettings(MetadataStore metadata, BucketService buckets) {
        this.metadata = metadata;
        this.buckets = buckets;
    }

    /** What decides whether a setting may be changed, given the bucket as it is. */
    @FunctionalInterface
    public interface Rule<T> {
        /**
         * Lets pass what may be.
         *
         * @param before empty if there is none yet
         * @param next empty if it is to be removed
         * @throws CosException if the change is not allowed
         */
        void check(Bucket bucket, Optional<T> before, Optional<T> next);

        /** Both must let a change pass. */
        default Rule<T> and(Rule<T> other) {
            return (bucket, before, next) -> {
                check(bucket, before, next);
                other.check(bucket, before, next);
            };
        }

        /** Any change is allowed. */
        static <T> Rule<T> any() {
            return (bucket, before, next) -> {};
        }
    }

    /**
     * What a bucket is set to.
     *
     * @throws StoreException {@code CORRUPT} if the stored document cannot be understood
     */
    public <T> Optional<T> find(Bucket bucket, BucketSetting<T> setting) {
        Long revision = bucket.settings().get(setting.name());
        if (revision == null) {
            return Optional.empty();
        }
        Revision key = new Revision(bucket.space(), setting.name(), revision);
        Object known = parsed.getIfPresent(key);
        if (known == null) {
            Optional<T> read = read(bucket, setting, revision);
            read.ifPresent(value -> parsed.put(key, value));
            return read;
        }
        @SuppressWarnings("unchecked") // only the setting of this name puts values under it
        T value = (T) known;
        return Optional.of(value);
    }

    /** The row may be newer than the bucket that was read: then that newer one is as good an answer, but not to be kept. */
    private <T> Optional<T> read(Bucket bucket, BucketSetting<T> setting, long revision) {
        Optional<StoredDocument> stored = metadata.get(row(bucket, setting)).map(StoredDocument::of);
        if (stored.isEmpty() || stored.get().revision() != revision) {
            return buckets.find(bucket.name())
                    .filter(now -> now.space().equals(bucket.space()))
                    .filter(now -> now.revision() != bucket.revision())
                    .flatMap(now -> find(now, setting));
        }
        try {
            return Optional.of(setting.stored().read(bucket, stored.get().bytes()));
        } catch (CosException e) {
            throw new StoreException(
                    StoreException.Reason.CORRUPT,
                    "the setting " + setting.name() + " of " + bucket.name() + " cannot be understood",
                    e);
        }
    }

    /** Whether a bucket keeps what is overwritten and deleted. */
    public Versioning versioning(Bucket bucket) {
        return find(bucket, Settings.VERSIONING).orElse(Versioning.NEVER);
    }

    /**
     * Changes a setting, given what it is.
     *
     * @param change what it is to be; its exceptions are passed on
     * @throws CosException what the rule says; {@code NoSuchBucket} if the bucket is gone
     */
    public <T> void update(Bucket bucket, BucketSetting<T> setting, UnaryOperator<Optional<T>> change, Rule<T> rule) {
        change(bucket, setting, change, rule);
    }

    /**
     * Sets what is to be from now on. Strongly consistent: every request that begins afterwards sees it.
     *
     * @throws CosException what the rule says; {@code NoSuchBucket} if the bucket is gone
     */
    public <T> void put(Bucket bucket, BucketSetting<T> setting, T value, Rule<T> rule) {
        change(bucket, setting, before -> Optional.of(value), rule);
    }

    /** Removes a setting; no error if there is none. */
    public <T> void remove(Bucket bucket, BucketSetting<T> setting, Rule<T> rule) {
        change(bucket, setting, before -> Optional.empty(), rule);
    }

    private <T> void change(Bucket seen, BucketSetting<T> setting, UnaryOperator<Optional<T>> change, Rule<T> rule) {
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            Bucket bucket = buckets.find(seen.name())
                    .filter(now -> now.space().equals(seen.space()))
                    .orElseThrow(CosError.NO_SUCH_BUCKET::exception);
            Optional<T> before = find(bucket, setting);
            Optional<T> next = change.apply(before);
            rule.check(bucket, before, next);
            if (before.isEmpty() && next.isEmpty()) {
                return;
            }
            if (commit(bucket, setting, next)) {
                return;
            }
        }
        throw CosError.PATH_CONFLICT.because("Others are changing the bucket's settings all the time; try again.");
    }

    private <T> boolean commit(Bucket bucket, BucketSetting<T> setting, Optional<T> next) {
        RowKey address = BucketService.row(bucket.name());
        Bucket changed = bucket.withSetting(setting.name(), next.isPresent());
        RowKey row = row(bucket, setting);
        Change document = next.map(value -> Change.put(
                        row,
                        new StoredDocument(changed.revision(), setting.write().write(bucket, value)).toBytes()))
                .orElseGet(() -> Change.delete(row));
        return buckets.change(bucket, List.of(document, Change.put(address, changed.toBytes())));
    }

    private static RowKey row(Bucket bucket, BucketSetting<?> setting) {
        return BucketService.row(bucket.name()).group().row(SETTING, setting.name());
    }

    /** The row of a setting: a format byte, the revision in eight, the document. */
    private record StoredDocument(long revision, byte[] bytes) {
        private static final int HEAD_BYTES = 1 + Long.BYTES;

        static StoredDocument of(Row row) {
            ByteBuffer in = ByteBuffer.wrap(row.value());
            if (in.remaining() < HEAD_BYTES || in.get() != FORMAT) {
                throw new StoreException(StoreException.Reason.CORRUPT, "a setting of an unknown format");
            }
            long revision = in.getLong();
            byte[] document = new byte[in.remaining()];
            in.get(document);
            return new StoredDocument(revision, document);
        }

        byte[] toBytes() {
            return ByteBuffer.allocate(HEAD_BYTES + bytes.length)
                    .put((byte) FORMAT)
                    .putLong(revision)
                    .put(bytes)
                    .array();
        }
    }
}
