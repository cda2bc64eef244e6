package coffer.object;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.RequestBody;
import coffer.bucket.Bucket;
import coffer.bucket.BucketService;
import coffer.record.UniqueIds;
import coffer.store.BlobId;
import coffer.store.Change;
import coffer.store.Commit;
import coffer.store.Engine;
import coffer.store.Expected;
import coffer.store.MetadataStore;
import coffer.store.RowKey;
import coffer.store.StoreException;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The objects of all buckets. Thread-safe.
 *
 * <p>Every change of an object goes through {@link #commit}: the blob is durable, then one atomic commit makes the new
 * version current and releases the old one's blobs, then the bucket is confirmed, and only then does the caller answer.
 */
public final class ObjectService {
    /** Commits that lose against another write of the same key are repeated; this many in a row mean overload. */
    private static final int MAX_ATTEMPTS = 1000;

    private final MetadataStore metadata;
    private final ObjectRows rows;
    private final BucketService buckets;
    private final Contents contents;
    private final InstantSource clock;
    private final UniqueIds ids;

    public ObjectService(Engine engine, BucketService buckets, InstantSource clock, UniqueIds ids) {
        this.metadata = engine.metadata();
        this.rows = new ObjectRows(metadata);
        this.buckets = buckets;
        this.contents = new Contents(engine);
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

    /** A change of one object under way, retried with the current state until it commits. */
    @FunctionalInterface
    public interface Edit {
        /**
         * The next version, given the current one.
         *
         * @throws CosException if there is to be none
         */
        NextVersion next(Optional<StoredObject> current);
    }

    /**
     * A version to be committed.
     *
     * @param tail the bytes of its tail
     * @param adopt blobs that it refers to and nobody has adopted yet
     * @param alsoExpected further rows of the key that must not have changed
     * @param alsoChanged further changes of the key's rows
     * @param alsoReleased further blobs that are given up
     */
    public record NextVersion(
            ObjectVersion version,
            Optional<ByteBuffer> tail,
            List<BlobId> adopt,
            List<Expected> alsoExpected,
            List<Change> alsoChanged,
            List<BlobId> alsoReleased) {
        /** A version that changes nothing but the object. */
        public static NextVersion of(ObjectVersion version, Optional<ByteBuffer> tail, List<BlobId> adopt) {
            return new NextVersion(version, tail, adopt, List.of(), List.of(), List.of());
        }
    }

    /** How the bytes of objects come in and go out. */
    public Contents contents() {
        return contents;
    }

    /** The current version of an object. */
    public Optional<StoredObject> find(Bucket bucket, String key) {
        return rows.find(bucket, key);
    }

    /**
     * The current version of an object.
     *
     * @throws CosException {@code NoSuchKey}
     */
    public StoredObject require(Bucket bucket, String key) {
        return find(bucket, key).orElseThrow(CosError.NO_SUCH_KEY::exception);
    }

    /**
     * Writes an object from a body.
     *
     * @param precondition checked before the body is read and again within the commit
     * @return the version that is now current
     */
    public ObjectVersion put(
            Bucket bucket,
            String key,
            Attributes attributes,
            RequestBody body,
            BodyReceiver.Expectation expectation,
            Precondition precondition) {
        if (!precondition.equals(Precondition.NONE)) {
            precondition.check(find(bucket, key));
        }
        return contents.receiver()
                .receive(body, expectation, true, received -> put(bucket, key, attributes, received, precondition));
    }

    private ObjectVersion put(
            Bucket bucket, String key, Attributes attributes, Received received, Precondition precondition) {
        return commit(bucket, key, received.blobs(), current -> {
            precondition.check(current);
            ObjectVersion version = new ObjectVersion(
                    ids.next(),
                    received.sizeBytes(),
                    received.md5Hex(),
                    received.crc64(),
                    clock.instant(),
                    0,
                    Optional.empty(),
                    attributes,
                    received.content());
            return NextVersion.of(version, received.tail(), received.blobs());
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
            committed = commitNext(ObjectRows.current(bucket, key), () -> find(bucket, key), edit);
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
        confirm(bucket, key, committed.version());
        return committed.version();
    }

    private NextVersion commitNext(RowKey address, Supplier<Optional<StoredObject>> find, Edit edit) {
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            Optional<StoredObject> current = find.get();
            NextVersion next;
            try {
                next = edit.next(current);
            } catch (StoreException e) {
                if (e.reason() == StoreException.Reason.GONE) {
                    continue; // the object was replaced while its bytes were read
                }
                throw e;
            }
            if (metadata.commit(commitOf(address, current, next))) {
                return next;
            }
        }
        throw CosError.PATH_CONFLICT.exception();
    }

    private Commit commitOf(RowKey address, Optional<StoredObject> current, NextVersion next) {
        List<Expected> expected = new ArrayList<>(next.alsoExpected());
        expected.add(Expected.of(address, current.map(StoredObject::row)));
        List<Change> changes = new ArrayList<>(next.alsoChanged());
        List<BlobId> release = new ArrayList<>(next.alsoReleased());
        current.ifPresent(old -> {
            changes.addAll(rows.removeManifest(old));
            release.addAll(old.version().content().blobs());
            release.removeAll(next.version().content().blobs());
        });
        changes.addAll(rows.put(address, next.version(), next.tail()));
        return new Commit(address.group(), expected, changes, next.adopt(), release);
    }

    /** Undoes a write into a bucket that was being deleted at that moment. */
    private void confirm(Bucket bucket, String key, ObjectVersion version) {
        if (!buckets.confirm(bucket)) {
            find(bucket, key)
                    .filter(stored -> stored.version().writeId().equals(version.writeId()))
                    .ifPresent(this::remove);
            throw CosError.SERVICE_UNAVAILABLE.because("The bucket is being deleted; try again.");
        }
    }

    /** Deletes an object; no error if it is not there. */
    public void delete(Bucket bucket, String key) {
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            Optional<StoredObject> current = find(bucket, key);
            if (current.isEmpty() || remove(current.get())) {
                return;
            }
        }
        throw CosError.PATH_CONFLICT.exception();
    }

    private boolean remove(StoredObject stored) {
        List<Change> changes = new ArrayList<>(rows.removeManifest(stored));
        changes.add(Change.delete(stored.row().key()));
        return metadata.commit(new Commit(
                stored.row().key().group(),
                List.of(Expected.same(stored.row())),
                changes,
                List.of(),
                stored.version().content().blobs()));
    }
}
