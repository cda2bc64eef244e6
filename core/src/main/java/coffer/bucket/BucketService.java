package coffer.bucket;

import coffer.address.BucketName;
import coffer.api.CosError;
import coffer.api.CosException;
import coffer.identity.Account;
import coffer.record.UniqueIds;
import coffer.request.CosRequest;
import coffer.store.Change;
import coffer.store.Commit;
import coffer.store.Expected;
import coffer.store.MetadataStore;
import coffer.store.Row;
import coffer.store.RowCursor;
import coffer.store.RowGroup;
import coffer.store.RowKey;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The buckets of this server. Thread-safe.
 *
 * <p>Rows, all in the space {@code system}: {@code b} with the bucket's name as key holds the {@link Bucket}; {@code c}
 * beside it, with the name of a setting as suffix, holds that setting; {@link InventoryRows} stand beside it, too;
 * {@code x} beside it, with a space as suffix, says that a deleted bucket's rows are still to be dropped.
 *
 * <p>A delete and a write of another key commit in different groups, so they meet like this: the delete first turns the
 * bucket to {@code DELETING}, then looks whether it is empty; a write first commits, then {@linkplain #confirm looks}
 * whether the bucket is still {@code ACTIVE}. Whatever the order, at least one of them sees the other.
 */
public final class BucketService {
    /** The space of what belongs to no bucket. */
    public static final String SYSTEM = "system";

    private static final char BUCKET = 'b';
    private static final char DROPPED = 'x';

    private final MetadataStore metadata;
    private final InstantSource clock;
    private final UniqueIds ids;
    private final BucketLimits limits;
    private final DecodedBuckets decoded = new DecodedBuckets();

    public BucketService(MetadataStore metadata, BucketLimits limits, InstantSource clock, UniqueIds ids) {
        this.metadata = metadata;
        this.limits = limits;
        this.clock = clock;
        this.ids = ids;
    }

    /** Finishes what a crash interrupted: deletes under way are called off, rows of deleted buckets dropped. */
    public void recover() {
        unfinished().forEach(this::finish);
    }

    /**
     * A delete that was begun and not ended.
     *
     * @param bucket that turns to {@code ACTIVE} again; empty if it is gone, but for its rows
     */
    public record Unfinished(RowKey row, Optional<Bucket> bucket) {}

    /** The deletes that are under way, or were when a process was killed. */
    public List<Unfinished> unfinished() {
        List<Unfinished> unfinished = new ArrayList<>();
        for (Bucket bucket : all()) {
            if (bucket.state() == Bucket.State.DELETING) {
                unfinished.add(new Unfinished(row(bucket.name()), Optional.of(bucket)));
            }
        }
        try (RowCursor rows = metadata.scan(SYSTEM, DROPPED, "", "")) {
            for (Optional<Row> row = rows.next(); row.isPresent(); row = rows.next()) {
                unfinished.add(new Unfinished(row.get().key(), Optional.empty()));
            }
        }
        return unfinished;
    }

    /** Finishes one; a delete that is still under way fails then, or has it done for it. */
    public void finish(Unfinished one) {
        one.bucket.ifPresentOrElse(bucket -> replace(bucket, bucket.with(Bucket.State.ACTIVE)), () -> drop(one.row));
    }

    /**
     * Makes a bucket.
     *
     * @throws CosException {@code BucketAlreadyOwnedByYou}, {@code BucketAlreadyExists}, {@code TooManyBuckets}, and
     *     {@code AccessDenied} if the name ends in the APPID of another account or the account is being deleted
     */
    public Bucket create(Account account, BucketName name, String region, boolean multiAz) {
        if (!name.appId().equals(account.appId())) {
            throw CosError.ACCESS_DENIED.because("The bucket name must end in your APPID, -" + account.appId() + ".");
        }
        RowKey key = row(name.toString());
        Optional<Bucket> existing = metadata.get(key).map(row -> Bucket.fromBytes(row.value()));
        if (existing.isPresent()) {
            throw alreadyThere(existing.get(), account);
        }
        if (list(account).size() >= limits.of(account).orElseThrow(BucketService::accountIsGone)) {
            throw CosError.TOO_MANY_BUCKETS.exception();
        }
        Bucket bucket = new Bucket(
                name.toString(),
                account.appId(),
                account.uin(),
                region,
                clock.instant().truncatedTo(ChronoUnit.SECONDS),
                "b-" + ids.next(),
                multiAz,
                Bucket.State.ACTIVE,
                0,
                Map.of());
        Commit commit =
                Commit.ofRows(key.group(), List.of(Expected.absent(key)), List.of(Change.put(key, bucket.toBytes())));
        if (!metadata.commit(commit)) {
            throw CosError.BUCKET_ALREADY_OWNED_BY_YOU.exception();
        }
        // As a write and the deletion of its bucket do, see above, this and the deletion of the account see each other.
        if (limits.of(account).isEmpty()) {
            delete(bucket, List.of());
            throw accountIsGone();
        }
        return bucket;
    }

    private static CosException accountIsGone() {
        return CosError.ACCESS_DENIED.because("The account is being deleted.");
    }

    /** The bucket of this full name, wherever it is in its life. */
    public Optional<Bucket> find(String name) {
        return metadata.get(row(name)).map(row -> decoded.of(name, row.value()));
    }

    /**
     * The bucket a request is addressed to.
     *
     * @throws CosException {@code NoSuchBucket}, also if the host names another region than the bucket's
     */
    public Bucket of(CosRequest request) {
        Bucket bucket = find(request.bucket()).orElseThrow(CosError.NO_SUCH_BUCKET::exception);
        request.address()
                .region()
                .filter(region -> !region.equals(bucket.region()))
                .ifPresent(region -> {
                    throw CosError.NO_SUCH_BUCKET.because(
                            "The bucket is not in the region " + region + " but in " + bucket.region() + ".");
                });
        return bucket;
    }

    /** The buckets of an account, by name. */
    public List<Bucket> list(Account account) {
        return ofOwner(account.appId());
    }

    /** The buckets of the account with this APPID, by name. */
    List<Bucket> ofOwner(String appId) {
        return all().stream().filter(bucket -> bucket.appId().equals(appId)).toList();
    }

    /**
     * Called by every write between its commit and its answer.
     *
     * @return whether the bucket is certain to have been there when the write committed; if not, the write must be
     *     undone and refused
     */
    public boolean confirm(Bucket bucket) {
        return find(bucket.name())
                .filter(now -> now.space().equals(bucket.space()))
                .filter(now -> now.state() == Bucket.State.ACTIVE)
                .isPresent();
    }

    /**
     * Deletes an empty bucket.
     *
     * @param rowKinds the kinds of rows that must not be there
     * @throws CosException {@code BucketNotEmpty}; {@code NoSuchBucket} if it is gone, {@code PathConflict} if another request
     *     is deleting or changing it
     */
    public void delete(Bucket seen, List<Character> rowKinds) {
        Bucket bucket = find(seen.name())
                .filter(now -> now.space().equals(seen.space()))
                .orElseThrow(CosError.NO_SUCH_BUCKET::exception);
        if (bucket.state() == Bucket.State.DELETING) {
            throw CosError.PATH_CONFLICT.exception();
        }
        Bucket deleting = bucket.with(Bucket.State.DELETING);
        if (!replace(bucket, deleting)) {
            throw CosError.PATH_CONFLICT.exception();
        }
        boolean empty = false;
        try {
            empty = rowKinds.stream().noneMatch(kind -> hasRows(bucket, kind));
        } finally {
            if (!empty) {
                replace(deleting, deleting.with(Bucket.State.ACTIVE));
            }
        }
        if (!empty) {
            throw CosError.BUCKET_NOT_EMPTY.exception();
        }
        RowKey key = row(bucket.name());
        RowKey marker = key.group().row(DROPPED, bucket.space());
        List<Change> changes = new ArrayList<>(List.of(Change.delete(key), Change.put(marker, new byte[] {1})));
        bucket.settings().keySet().forEach(name -> changes.add(new Change.Delete(BucketSettings.SETTING, name)));
        changes.addAll(new InventoryRows(metadata).removal(bucket.name()));
        if (!change(deleting, changes)) {
            throw CosError.PATH_CONFLICT.exception();
        }
        drop(marker);
    }

    private void drop(RowKey marker) {
        metadata.drop(marker.suffix());
        metadata.commit(Commit.ofRows(marker.group(), List.of(), List.of(Change.delete(marker))));
    }

    private boolean hasRows(Bucket bucket, char kind) {
        try (RowCursor rows = metadata.scan(bucket.space(), kind, "", "")) {
            return rows.next().isPresent();
        }
    }

    private boolean replace(Bucket seen, Bucket next) {
        return change(seen, List.of(Change.put(row(seen.name()), next.toBytes())));
    }

    /**
     * Changes rows beside a bucket's, or that row itself.
     *
     * @return {@code false} if the bucket is no longer as it was seen; nothing was changed then
     */
    boolean change(Bucket seen, List<Change> changes) {
        Optional<Row> row = metadata.get(row(seen.name()));
        return row.filter(now -> decoded.of(seen.name(), now.value()).equals(seen))
                .filter(now -> metadata.commit(Commit.ofRows(now.key().group(), List.of(Expected.same(now)), changes)))
                .isPresent();
    }

    /** The buckets of all accounts that have this name before their APPID. */
    public List<Bucket> named(String name) {
        String prefix = name + "-";
        List<Bucket> buckets = new ArrayList<>();
        try (RowCursor rows = metadata.scan(SYSTEM, BUCKET, prefix, "")) {
            for (Optional<Row> row = rows.next(); row.isPresent(); row = rows.next()) {
                String full = row.get().key().group().key();
                if (!full.startsWith(prefix) || full.charAt(prefix.length()) > '9') {
                    break;
                }
                Bucket bucket = Bucket.fromBytes(row.get().value());
                if (full.equals(prefix + bucket.appId())) {
                    buckets.add(bucket);
                }
            }
        }
        return buckets;
    }

    /** All buckets of all accounts, by name. */
    public List<Bucket> all() {
        List<Bucket> buckets = new ArrayList<>();
        try (RowCursor rows = metadata.scan(SYSTEM, BUCKET, "", "")) {
            for (Optional<Row> row = rows.next(); row.isPresent(); row = rows.next()) {
                buckets.add(Bucket.fromBytes(row.get().value()));
            }
        }
        return buckets;
    }

    private static CosException alreadyThere(Bucket bucket, Account account) {
        return bucket.appId().equals(account.appId())
                ? CosError.BUCKET_ALREADY_OWNED_BY_YOU.exception()
                : CosError.BUCKET_ALREADY_EXISTS.exception();
    }

    /** Whether a row is that of a bucket or of one of its settings. */
    public static boolean isOfBucket(RowKey row) {
        return row.group().space().equals(SYSTEM) && (row.kind() == BUCKET || row.kind() == BucketSettings.SETTING);
    }

    static RowKey row(String bucketName) {
        return new RowGroup(SYSTEM, bucketName).row(BUCKET);
    }
}
