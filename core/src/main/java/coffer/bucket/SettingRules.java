package coffer.bucket;

import coffer.accesslog.LoggingConfiguration;
import coffer.api.CosError;
import coffer.lifecycle.LifecycleConfiguration;
import coffer.lock.ObjectLockConfiguration;
import coffer.tiering.TieringRules;
import coffer.versioning.Versioning;
import java.util.Optional;
import java.util.function.Function;

/** Which settings of a bucket do not go together. Source: COS docs, "Object Lock"; COS API reference, "PUT Bucket versioning". */
public final class SettingRules {
    private final BucketSettings settings;

    public SettingRules(BucketSettings settings) {
        this.settings = settings;
    }

    /** Versioning goes on as long as versions are locked. */
    public void versioning(Bucket bucket, Optional<Versioning> before, Optional<Versioning> next) {
        if (next.equals(Optional.of(Versioning.SUSPENDED))
                && settings.find(bucket, Settings.OBJECT_LOCK).isPresent()) {
            throw CosError.INVALID_BUCKET_STATE.because("Versioning cannot be suspended while object lock is enabled.");
        }
    }

    /** Object lock needs versioning not to be suspended, objects that stay where they are, and a bucket of one zone. */
    public void objectLock(
            Bucket bucket, Optional<ObjectLockConfiguration> before, Optional<ObjectLockConfiguration> next) {
        ObjectLockConfiguration.requireFits(
                settings.versioning(bucket) == Versioning.SUSPENDED,
                settings.find(bucket, Settings.TIERING)
                        .filter(TieringRules::isEnabled)
                        .isPresent(),
                bucket.multiAz());
    }

    /** Rules move objects to storage classes that their bucket can have. */
    public void lifecycle(
            Bucket bucket, Optional<LifecycleConfiguration> before, Optional<LifecycleConfiguration> next) {
        next.ifPresent(rules -> rules.requireFits(bucket.multiAz()));
    }

    /**
     * Logs stay with the account and in the region. Whether a bucket of somebody else is there is none of the caller's business.
     * Source: COS API reference, "PUT Bucket logging".
     *
     * @param buckets finds the bucket of a full name
     */
    public static BucketSettings.Rule<LoggingConfiguration> logging(Function<String, Optional<Bucket>> buckets) {
        return (bucket, before, next) -> next.flatMap(LoggingConfiguration::target)
                .ifPresent(target -> {
                    boolean fits = buckets.apply(target.bucket())
                            .filter(found -> found.ownerUin().equals(bucket.ownerUin()))
                            .filter(found -> found.region().equals(bucket.region()))
                            .isPresent();
                    if (!fits) {
                        throw CosError.INVALID_TARGET_BUCKET_FOR_LOGGING.exception();
                    }
                });
    }

    /** Objects that are locked do not move. */
    void tiering(Bucket bucket, Optional<TieringRules> before, Optional<TieringRules> next) {
        if (next.filter(TieringRules::isEnabled).isPresent()
                && settings.find(bucket, Settings.OBJECT_LOCK).isPresent()) {
            throw CosError.INVALID_BUCKET_STATE.because("Intelligent tiering does not go with object lock.");
        }
    }
}
