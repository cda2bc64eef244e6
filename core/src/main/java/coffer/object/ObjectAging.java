package coffer.object;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.bucket.Bucket;
import coffer.lifecycle.LifecycleSubject;
import coffer.store.MetadataStore;
import coffer.store.Row;
import coffer.store.StoreException;
import coffer.tagging.TagLimits;
import coffer.tagging.Tags;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of objects as they get old: each change is made only if the version is still what was looked at. Thread-safe.
 */
public final class ObjectAging {
    private static final Tags UNTAGGED = Tags.none(TagLimits.OBJECT);

    private final ObjectService objects;
    private final ObjectRows rows;

    public ObjectAging(MetadataStore metadata, ObjectService objects) {
        this.objects = objects;
        this.rows = new ObjectRows(metadata);
    }

    /** How a change went. */
    public enum Outcome {
        /** It is made. */
        DONE,
        /** Something else came before, and there is nothing to be done. */
        OVERTAKEN,
        /** A lock does not let it. */
        LOCKED
    }

    @FunctionalInterface
    private interface Step {
        void run();
    }

    /**
     * When a version or delete marker was written.
     *
     * @param row of kind {@link ObjectRows#CURRENT} or {@link ObjectRows#VERSION}
     */
    public static Instant written(Row row) {
        return ObjectRows.isMarker(row)
                ? DeleteMarker.fromBytes(row.value()).created()
                : ObjectRows.summary(row).lastModified();
    }

    /**
     * What rules look at.
     *
     * @param row of kind {@link ObjectRows#CURRENT} or {@link ObjectRows#VERSION}
     * @param since since when it is what it is
     */
    public static LifecycleSubject subject(Row row, Instant since) {
        String key = row.key().group().key();
        if (ObjectRows.isMarker(row)) {
            return new LifecycleSubject(key, 0, UNTAGGED, "", since);
        }
        return subject(key, ObjectRows.summary(row), since);
    }

    static LifecycleSubject subject(String key, ObjectVersion version, Instant since) {
        Attributes attributes = version.attributes();
        return new LifecycleSubject(
                key,
                version.sizeBytes(),
                attributes.tags(),
                attributes.storageClass().name(),
                since);
    }

    /** Deletes a current version as a client would. */
    public Outcome expire(Bucket bucket, Row current) {
        return attempt(() -> {
            StoredObject seen = require(rows.complete(current));
            Deletion _ =
                    objects.delete(bucket, current.key().group().key(), DeleteConditions.unchanged(seen.version()));
        });
    }

    /** Deletes versions and delete markers of one key for good. */
    public Outcome remove(Bucket bucket, List<Row> versions) {
        return attempt(() -> {
            List<Removal> removals = new ArrayList<>();
            for (Row row : versions) {
                removals.add(removal(require(rows.kept(row))));
            }
            List<Deletion> _ =
                    objects.delete(bucket, versions.getFirst().key().group().key(), removals, false);
        });
    }

    private static Removal removal(KeptVersion kept) {
        DeleteConditions unchanged = switch (kept) {
            case StoredObject stored -> DeleteConditions.unchanged(stored.version());
            case StoredMarker marker -> DeleteConditions.made(marker.marker().created());
        };
        return new Removal(kept.id().named(), unchanged);
    }

    /** Gives a version another storage class; its bytes stay where they are, and it was not modified. */
    public Outcome move(Bucket bucket, Row row, StorageClass storageClass) {
        String key = row.key().group().key();
        ObjectVersion seen = ObjectRows.summary(row);
        return attempt(() -> {
            ObjectVersion _ = objects.rewrite(
                    bucket,
                    key,
                    () -> require(rows.find(bucket, key, seen.id().named())
                            .map(kept -> kept instanceof StoredObject stored ? stored : null)
                            .filter(stored -> stored.version().writeId().equals(seen.writeId())
                                    && stored.version().attributes().equals(seen.attributes()))),
                    version -> version.with(version.attributes().with(storageClass)));
        });
    }

    private static <T> T require(Optional<T> found) {
        return found.orElseThrow(CosError.PRECONDITION_FAILED::exception);
    }

    private static Outcome attempt(Step step) {
        try {
            step.run();
            return Outcome.DONE;
        } catch (CosException e) {
            return e.error() == CosError.OBJECT_LOCKED ? Outcome.LOCKED : Outcome.OVERTAKEN;
        } catch (StoreException e) {
            if (e.reason() == StoreException.Reason.GONE) {
                return Outcome.OVERTAKEN;
            }
            throw e;
        }
    }
}
