package coffer.object;

import coffer.api.CosException;
import coffer.api.Headers;
import coffer.api.ResponseBody;
import coffer.bucket.Bucket;
import coffer.encryption.ContentKey;
import coffer.encryption.EncryptionRequest;
import coffer.record.UniqueIds;
import coffer.replication.Replication;
import coffer.store.MetadataStore;
import coffer.store.Row;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Versions as they are copied to other buckets: with their ids, times, descriptions and ACLs. A copy that is there already
 * is not made again. Thread-safe.
 */
public final class Replicas {
    private final ObjectService objects;
    private final ObjectRows rows;
    private final UniqueIds ids;

    public Replicas(MetadataStore metadata, ObjectService objects, UniqueIds ids) {
        this.objects = objects;
        this.rows = new ObjectRows(metadata);
        this.ids = ids;
    }

    /** What is to be copied; empty if it is gone. */
    public Optional<StoredObject> find(Bucket bucket, String key, Optional<String> versionId) {
        return objects.versions().find(bucket, key, versionId);
    }

    private Optional<DeleteMarker> marker(Bucket bucket, String key, String versionId) {
        return rows.find(bucket, key, VersionId.Named.parse(versionId))
                .flatMap(kept -> kept instanceof StoredMarker stored ? Optional.of(stored.marker()) : Optional.empty());
    }

    /**
     * The bytes of a version as its readers get them.
     *
     * @return to be closed; empty if it was replaced meanwhile
     * @throws CosException if its key is the customer's
     */
    public Optional<PieceBody> open(Bucket bucket, StoredObject stored) {
        ContentKey key = objects.encryption().openToRead(bucket, stored, Headers.NONE);
        Optional<ResponseBody.Pieces> pieces = objects.contents()
                .open(bucket, stored, key.cipher(), 0, stored.version().sizeBytes());
        return pieces.map(PieceBody::new);
    }

    /**
     * Copies a version.
     *
     * @param storageClass of the copy; empty for that of the source
     * @return whether it is there now; else it was replaced meanwhile
     * @throws CosException {@code InvalidBucketState} if the target is not versioned; if the key is the customer's; if a quota
     *     is used up
     */
    public boolean copy(Bucket from, StoredObject source, Bucket to, Optional<StorageClass> storageClass) {
        ObjectVersion original = source.version();
        VersionId id = placed(original);
        if (rows.find(to, source.key(), id.named()).isPresent()) {
            return true;
        }
        objects.room().check(to, source.key(), original.sizeBytes());
        ContentKey key = objects.encryption().openToRead(from, source, Headers.NONE);
        EncryptionRequest asked =
                key.encryption().isNone() ? objects.encryption().asked(to, Headers.NONE) : EncryptionRequest.like(key);
        ContentKey target = objects.encryption().begin(to, source.key(), asked);
        Optional<PieceBody> body = open(from, source);
        if (body.isEmpty()) {
            return false;
        }
        try (PieceBody bytes = body.get()) {
            return objects.contents()
                    .receiver()
                    .receive(bytes, BodyReceiver.Expectation.NONE, true, target, received -> {
                        ObjectVersion copy = copy(original, id, received, storageClass);
                        objects.insert(to, source.key(), copy, received.tail(), received.blobs());
                        return true;
                    });
        }
    }

    private ObjectVersion copy(
            ObjectVersion original, VersionId id, Received received, Optional<StorageClass> storageClass) {
        Attributes attributes =
                storageClass.map(other -> original.attributes().with(other)).orElse(original.attributes());
        return new ObjectVersion(
                        ids.next(),
                        received.sizeBytes(),
                        original.etag(),
                        received.crc64(),
                        original.lastModified(),
                        original.appends(),
                        Optional.empty(),
                        attributes,
                        received.content())
                .with(original.checksum())
                .linkedTo(original.linkTarget())
                .with(id)
                .with(Replication.REPLICA);
    }

    /** Of what was written before its bucket was versioned, the id that it would get when the next version is written. */
    private static VersionId placed(ObjectVersion version) {
        long sequence = version.id().sequence() > 0
                ? version.id().sequence()
                : 1 + UniqueIds.sequence(version.lastModified().toEpochMilli() * 1000);
        return new VersionId(sequence, false);
    }

    /**
     * Copies a delete marker; nothing happens if it is gone.
     *
     * @throws CosException {@code InvalidBucketState} if the target is not versioned
     */
    public void mark(Bucket from, String key, String versionId, Bucket to) {
        marker(from, key, versionId)
                .ifPresent(marker -> objects.insert(
                        to, key, new DeleteMarker(new VersionId(marker.id().sequence(), false), marker.created())));
    }

    /** Notes on a version that it was copied by a rule, or could not be; nothing happens if it is gone. */
    public void settle(Bucket bucket, String key, Optional<String> versionId, String rule, boolean failed) {
        say(bucket, key, versionId, state -> state.done(rule, failed));
    }

    /**
     * Notes on a version that is older than a rule that it is to be copied.
     *
     * @param row of the version
     * @return whether it is; a copy itself is not
     */
    public boolean adopt(Bucket bucket, Row row, String rule) {
        if (ObjectRows.isMarker(row)) {
            return false;
        }
        ObjectVersion seen = ObjectRows.summary(row);
        Optional<Replication> state = seen.replication();
        if (state.filter(Replication::replica).isPresent()) {
            return false;
        }
        if (state.filter(known -> known.pending().contains(rule)).isPresent()) {
            return true; // a crash may have come before it was queued
        }
        return say(bucket, row.key().group().key(), Optional.of(seen.id().text()), known -> known.alsoPending(rule));
    }

    private boolean say(Bucket bucket, String key, Optional<String> versionId, UnaryOperator<Replication> change) {
        try {
            ObjectVersion _ = objects.rewrite(
                    bucket,
                    key,
                    () -> objects.versions().require(bucket, key, versionId),
                    version ->
                            version.with(change.apply(version.replication().orElse(Replication.pending(List.of())))));
            return true;
        } catch (CosException e) {
            return false; // it is gone
        }
    }
}
