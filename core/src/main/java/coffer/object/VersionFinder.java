package coffer.object;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.bucket.Bucket;
import coffer.bucket.BucketSettings;
import coffer.versioning.Versioning;
import java.util.Optional;

/** Finds the version that a request means. Source: COS API reference, "GET Object". Thread-safe. */
public final class VersionFinder {
    private final ObjectRows rows;
    private final BucketSettings settings;

    VersionFinder(ObjectRows rows, BucketSettings settings) {
        this.rows = rows;
        this.settings = settings;
    }

    /**
     * The version, current if none is named.
     *
     * @param versionId as the request has it
     * @throws CosException {@code NoSuchKey}, also for a delete marker, then with the headers that say so;
     *     {@code NoSuchVersion}
     */
    public StoredObject require(Bucket bucket, String key, Optional<String> versionId) {
        return versionId.isEmpty()
                ? rows.find(bucket, key).orElseThrow(() -> noCurrent(bucket, key))
                : require(bucket, key, VersionId.Named.parse(versionId.get()));
    }

    /** As {@link #require(Bucket, String, Optional)}, empty instead of its exceptions. */
    public Optional<StoredObject> find(Bucket bucket, String key, Optional<String> versionId) {
        return versionId.isEmpty()
                ? rows.find(bucket, key)
                : rows.find(bucket, key, VersionId.Named.parse(versionId.get()))
                        .flatMap(kept -> kept instanceof StoredObject stored ? Optional.of(stored) : Optional.empty());
    }

    private StoredObject require(Bucket bucket, String key, VersionId.Named named) {
        return switch (rows.find(bucket, key, named).orElseThrow(CosError.NO_SUCH_VERSION::exception)) {
            case StoredObject stored -> stored;
            case StoredMarker stored -> throw deleted(stored.marker());
        };
    }

    private CosException noCurrent(Bucket bucket, String key) {
        return settings.versioning(bucket) == Versioning.NEVER
                ? CosError.NO_SUCH_KEY.exception()
                : rows.marker(bucket, key)
                        .map(stored -> deleted(stored.marker()))
                        .orElseGet(CosError.NO_SUCH_KEY::exception);
    }

    private static CosException deleted(DeleteMarker marker) {
        return CosError.NO_SUCH_KEY
                .exception()
                .withHeader("x-cos-version-id", marker.id().text())
                .withHeader("x-cos-delete-marker", "true");
    }
}
