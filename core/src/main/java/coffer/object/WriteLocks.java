package coffer.object;

import coffer.api.CosException;
import coffer.bucket.Bucket;
import coffer.bucket.BucketSettings;
import coffer.bucket.Settings;
import coffer.lock.ObjectLock;
import coffer.lock.ObjectLockConfiguration;
import coffer.versioning.Versioning;
import java.time.InstantSource;
import java.util.Optional;

/** What object lock says to a write before its body is read; the commit looks again. Thread-safe. */
public final class WriteLocks {
    private final ObjectRows rows;
    private final BucketSettings settings;
    private final InstantSource clock;

    WriteLocks(ObjectRows rows, BucketSettings settings, InstantSource clock) {
        this.rows = rows;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Checks what the writer asks for.
     *
     * @throws CosException {@code InvalidLockedTime}, {@code InvalidRequest}
     */
    public void check(Bucket bucket, ObjectLock asked) {
        asked.requireFits(configuration(bucket), clock.instant());
    }

    /**
     * The same, and that it does not replace a locked version.
     *
     * @throws CosException {@code InvalidLockedTime}, {@code InvalidRequest}, {@code ObjectLocked}
     */
    public void check(Bucket bucket, String key, ObjectLock asked) {
        check(bucket, asked);
        if (configuration(bucket).isPresent() && settings.versioning(bucket) == Versioning.NEVER) {
            rows.find(bucket, key)
                    .ifPresent(found -> found.version().attributes().lock().requireUnlocked(clock.instant(), false));
        }
    }

    private Optional<ObjectLockConfiguration> configuration(Bucket bucket) {
        return settings.find(bucket, Settings.OBJECT_LOCK);
    }
}
