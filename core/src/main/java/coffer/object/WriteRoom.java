package coffer.object;

import coffer.api.CosException;
import coffer.bucket.Bucket;
import coffer.bucket.BucketSettings;
import coffer.usage.Amount;
import coffer.usage.Usage;
import java.util.Optional;

/** What the quota of the account says to a write before its body is read; the commit looks again. Thread-safe. */
public final class WriteRoom {
    private final ObjectRows rows;
    private final BucketSettings settings;
    private final Usage usage;

    WriteRoom(ObjectRows rows, BucketSettings settings, Usage usage) {
        this.rows = rows;
        this.settings = settings;
        this.usage = usage;
    }

    /**
     * Checks that there is room for an object in place of what it replaces.
     *
     * @param bytes how long it will be; negative if nobody knows yet
     * @throws CosException {@code AccessDenied}
     */
    public void check(Bucket bucket, String key, long bytes) {
        if (usage.isLimited(bucket)) {
            Amount replaced = replaced(bucket, key).map(StoredObject::amount).orElse(Amount.NONE);
            usage.require(bucket, Amount.ofVersion(Math.max(0, bytes)).minus(replaced));
        }
    }

    private Optional<StoredObject> replaced(Bucket bucket, String key) {
        return switch (settings.versioning(bucket)) {
            case NEVER -> rows.find(bucket, key);
            case ENABLED -> Optional.empty();
            case SUSPENDED ->
                rows.find(bucket, key, new VersionId.Named.Null())
                        .filter(StoredObject.class::isInstance)
                        .map(StoredObject.class::cast);
        };
    }
}
