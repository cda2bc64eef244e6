package coffer.object;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.RequestBody;
import coffer.bucket.Bucket;
import coffer.bucket.BucketService;
import coffer.bucket.BucketSettings;
import coffer.bucket.Settings;
import coffer.encryption.ContentKey;
import coffer.encryption.ContentKeys;
import coffer.event.Postbox;
import coffer.lifecycle.LifecycleConfiguration;
import coffer.lifecycle.LifecycleDays;
import coffer.record.UniqueIds;
import coffer.store.BlobId;
import coffer.store.Engine;
import coffer.store.RowKey;
import coffer.store.StoreException;
import coffer.usage.Usage;
import coffer.versioning.Versioning;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The objects of all buckets. Thread-safe.
 *
 * <p>Every change of an object goes through {@link #commit}: the blob is durable, then one atomic commit makes the new
 * version current and releases the old one's blobs, then the bucket is confirmed, and only then does the caller answer.
 */
public final class ObjectService {
    private final ObjectRows rows;
    private final BucketSettings settings;
    private final VersionFinder finder;
    private final WriteLocks locks;
    private final WriteRoom room;
    private final Possessions possessions;
    private final Contents contents;
    private final ObjectEncryption encryption;
    private final KeyChanges changes;
    private final Postbox postbox = new Postbox();
    private final InstantSource clock;
    private final UniqueIds ids;

    public ObjectService(
            Engine engine,
            Usage usage,
            BucketService buckets,
            BucketSettings settings,
            ContentKeys keys,
            InstantSource clock,
            UniqueIds ids) {
        this.rows = new ObjectRows(engine.metadata());
        this.settings = settings;
        this.finder = new VersionFinder(rows, settings);
        this.possessions = new Possessions(settings);
        this.locks = new WriteLocks(rows, settings, clock);
        this.room = new WriteRoom(rows, settings, usage);
        this.contents = new Contents(engine);
        this.encryption = new ObjectEncryption(keys, settings);
        Announcer announcer = new Announcer(settings, postbox, clock, ids);
        this.changes = new KeyChanges(rows, buckets, settings, contents, usage, announcer, clock);
        this.clock = clock;
        this.ids = ids;
    }

    /** What decides, with the object as it is now, whether a change may be made, and throws a CosException if not. */
    @FunctionalInterface
    public interface Precondition {
        /** No condition. */
        Precondition NONE = current -> {};

        void check(Optional<StoredObject> current);
    }

    /** What a change finds: the current version, and what the bucket does with it. */
    public record Current(Optional<StoredObject> object, Versioning versioning) {}

    /** A change of one object under way, retried with the current state until it commits. */
    @FunctionalInterface
    public interface Edit {
        /**
         * The next version, given the current one.
         *
         * @throws CosException if there is to be none
         */
        NextVersion next(Current current);
    }

    /** How the bytes of objects come in and go out. */
    public Contents contents() {
        return contents;
    }

    /** What the bytes of objects are encrypted with. */
    public ObjectEncryption encryption() {
        return encryption;
    }

    /** Where what happens to objects is posted. */
    public Postbox postbox() {
        return postbox;
    }

    /** What time it is. */
    Instant now() {
        return clock.instant();
    }

    /** The current version of an object. */
    public Optional<StoredObject> find(Bucket bucket, String key) {
        return rows.find(bucket, key);
    }

    /** When the rules of its bucket delete what is the current version. */
    Optional<LifecycleConfiguration.Expiry> expiry(Bucket bucket, String key, ObjectVersion current) {
        return settings.find(bucket, Settings.LIFECYCLE)
                .flatMap(rules ->
                        rules.expiry(ObjectAging.subject(key, current, current.lastModified()), LifecycleDays.REAL));
    }

    /** Whose objects become. */
    public Possessions possessions() {
        return possessions;
    }

    /** Finds what requests mean that may name a version. */
    public VersionFinder versions() {
        return finder;
    }

    /** What locks say to a write before its body is read. */
    public WriteLocks locks() {
        return locks;
    }

    /** What the quota says to a write before its body is read. */
    public WriteRoom room() {
        return room;
    }

    /** What the bucket does with what is overwritten and deleted. */
    public Versioning versioning(Bucket bucket) {
        return settings.versioning(bucket);
    }

    /**
     * Writes an object from a body.
     *
     * @param contentKey how it is to be kept
     * @param precondition checked before the body is read and again within the commit
     * @return the version that is now current
     */
    public ObjectVersion put(
            Bucket bucket,
            String key,
            Attributes attributes,
            ContentKey contentKey,
            RequestBody body,
            BodyReceiver.Expectation expectation,
            Precondition precondition) {
        locks.check(bucket, key, attributes.lock());
        if (!precondition.equals(Precondition.NONE)) {
            precondition.check(find(bucket, key));
        }
        room.check(bucket, key, body.declaredBytes());
        return contents.receiver()
                .receive(
                        body,
                        expectation,
                        true,
                        contentKey,
                        received -> put(bucket, key, attributes, received, precondition));
    }

    private ObjectVersion put(
            Bucket bucket, String key, Attributes attributes, Received received, Precondition precondition) {
        return commit(bucket, key, received.blobs(), current -> {
            precondition.check(current.object());
            ObjectVersion version = new ObjectVersion(
                    ids.next(),
                    received.sizeBytes(),
                    received.etag(),
                    received.crc64(),
                    clock.instant(),
                    0,
                    Optional.empty(),
                    attributes,
                    received.content());
            return NextVersion.of(version.with(received.checksum()), received.tail(), received.blobs());
        });
    }

    /**
     * Commits the next version of an object, as often as it takes.
     *
     * @param received blobs that are discarded if nothing is committed
     * @return the version that is now current
     */
    public ObjectVersion commit(Bucket bucket, String key, List<BlobId> received, Edit edit) {
        NextVersion committed;
        try {
            committed = commitNext(bucket, key, edit);
        } catch (StoreException e) {
            if (e.reason() != StoreException.Reason.UNKNOWN) {
                contents.discard(received);
            }
            throw e;
        } catch (RuntimeException e) {
            contents.discard(received);
            throw e;
        }
        contents.discard(received.stream()
                .filter(blob -> !committed.adopt().contains(blob))
                .toList());
        changes.confirm(bucket, key, committed.version());
        return committed.version();
    }

    private NextVersion commitNext(Bucket bucket, String key, Edit edit) {
        return Attempts.repeat(() -> {
            Situation now = changes.situation(bucket, key);
            NextVersion next = edit.next(new Current(now.state().current(), now.versioning()));
            NextVersion placed =
                    next.with(changes.prepared(key, next.version(), now).with(now.id(ids)));
            KeyCommit commit = changes.begin(now, false);
            switch (now.versioning()) {
                case NEVER -> commit.replace(placed.version(), placed.tail());
                case ENABLED -> commit.add(placed.version(), placed.tail());
                case SUSPENDED -> commit.replaceNull(placed.version(), placed.tail());
            }
            return changes.commit(key, now, commit, placed) ? Optional.of(placed) : Optional.empty();
        });
    }

    /**
     * Writes a version where its time has it among those of its key, unless it is there.
     *
     * @param version with its place, of a bucket that is versioned
     * @param received blobs that are discarded if nothing is committed
     * @throws CosException {@code InvalidBucketState} if the bucket is not versioned
     */
    void insert(Bucket bucket, String key, ObjectVersion version, Optional<ByteBuffer> tail, List<BlobId> received) {
        boolean made;
        try {
            made = Attempts.repeat(() -> {
                Situation now = changes.situation(bucket, key);
                requireVersioned(now);
                if (rows.find(bucket, key, version.id().named()).isPresent()) {
                    return Optional.of(false);
                }
                KeyCommit commit = changes.begin(now, false);
                NextVersion placed = NextVersion.of(changes.prepared(key, version, now), tail, received);
                commit.insert(placed.version(), tail);
                return changes.commit(key, now, commit, placed) ? Optional.of(true) : Optional.empty();
            });
        } catch (StoreException e) {
            if (e.reason() != StoreException.Reason.UNKNOWN) {
                contents.discard(received);
            }
            throw e;
        } catch (RuntimeException e) {
            contents.discard(received);
            throw e;
        }
        if (!made) {
            contents.discard(received);
        }
        changes.confirm(bucket, key, version);
    }

    /** The same with a delete marker. */
    void insert(Bucket bucket, String key, DeleteMarker marker) {
        boolean _ = Attempts.repeat(() -> {
            Situation now = changes.situation(bucket, key);
            requireVersioned(now);
            if (rows.find(bucket, key, marker.id().named()).isPresent()) {
                return Optional.of(false);
            }
            KeyCommit commit = changes.begin(now, false);
            commit.insert(marker);
            return changes.commit(key, now, commit) ? Optional.of(true) : Optional.empty();
        });
        changes.confirm(bucket, key, marker.id());
    }

    private static void requireVersioned(Situation now) {
        if (now.versioning() != Versioning.ENABLED) {
            throw CosError.INVALID_BUCKET_STATE.because("The bucket is not versioned.");
        }
    }

    /** Deletes an object: a version goes away or a delete marker comes, as the bucket has it. */
    public Deletion delete(Bucket bucket, String key) {
        return delete(bucket, key, DeleteConditions.NONE);
    }

    /**
     * The same on conditions; with some, a key that has kept nothing gets no delete marker.
     *
     * @throws CosException {@code PreconditionFailed}
     */
    Deletion delete(Bucket bucket, String key, DeleteConditions conditions) {
        return Attempts.repeat(() -> {
            Situation now = changes.situation(bucket, key);
            Optional<KeptVersion> newest = now.state().newest();
            if (newest.isEmpty() && !conditions.equals(DeleteConditions.NONE)) {
                return Optional.of(Deletion.NOTHING);
            }
            conditions.check(newest);
            KeyCommit commit = changes.begin(now, false);
            Optional<DeleteMarker> marker = now.versioning() == Versioning.NEVER
                    ? Optional.empty()
                    : Optional.of(new DeleteMarker(now.id(ids), clock.instant()));
            switch (now.versioning()) {
                case NEVER -> {
                    if (now.state().current().isEmpty()) {
                        return Optional.of(Deletion.NOTHING);
                    }
                    commit.removeCurrent();
                }
                case ENABLED -> commit.mark(marker.orElseThrow());
                case SUSPENDED -> commit.markNull(marker.orElseThrow());
            }
            if (!changes.commit(key, now, commit)) {
                return Optional.empty();
            }
            marker.ifPresent(made -> changes.confirm(bucket, key, made.id()));
            return Optional.of(new Deletion(marker, Optional.empty()));
        });
    }

    /** Deletes a version or a delete marker for good; no error if it is not there. */
    public Deletion delete(Bucket bucket, String key, VersionId.Named named, boolean bypassesGovernance) {
        Removal removal = new Removal(named, DeleteConditions.NONE);
        return delete(bucket, key, List.of(removal), bypassesGovernance).getFirst();
    }

    /**
     * Deletes versions and delete markers of one key for good, all of them by one commit; no error for those that are
     * not there.
     *
     * @param bypassesGovernance whether the caller may delete what is under governance, and says so
     * @return what became of each, in order
     * @throws CosException {@code PreconditionFailed}; nothing is deleted then
     */
    List<Deletion> delete(Bucket bucket, String key, List<Removal> removals, boolean bypassesGovernance) {
        return Attempts.repeat(() -> {
            Situation now = changes.situation(bucket, key);
            Map<RowKey, KeptVersion> targets = new LinkedHashMap<>();
            List<Deletion> deletions = new ArrayList<>(removals.size());
            for (Removal removal : removals) {
                Optional<KeptVersion> target = rows.find(bucket, key, removal.named());
                removal.conditions().check(target);
                target.ifPresent(kept -> targets.put(kept.row().key(), kept));
                deletions.add(new Deletion(Optional.empty(), target));
            }
            KeyCommit commit = changes.begin(now, bypassesGovernance);
            commit.remove(targets.values());
            return targets.isEmpty() || changes.commit(key, now, commit) ? Optional.of(deletions) : Optional.empty();
        });
    }

    /**
     * Says something else of a version, without making another one.
     *
     * @param find finds the version; its exceptions are passed on
     */
    public ObjectVersion rewrite(
            Bucket bucket, String key, Supplier<StoredObject> find, UnaryOperator<ObjectVersion> change) {
        return Attempts.repeat(() -> {
            Situation now = changes.situation(bucket, key);
            StoredObject target = find.get();
            ObjectVersion version = change.apply(target.version());
            KeyCommit commit = changes.begin(now, false);
            commit.rewrite(target, version);
            return changes.commit(key, now, commit) ? Optional.of(version) : Optional.empty();
        });
    }
}
