package coffer.s3;

import coffer.api.CosError;
import coffer.bucket.Bucket;
import coffer.bucket.BucketSettings;
import coffer.bucket.SettingRules;
import coffer.lock.ObjectLockConfiguration;
import coffer.request.Handler;
import coffer.versioning.Versioning;
import java.util.Map;
import java.util.Optional;

/**
 * What of object lock S3 clients expect otherwise. Source: S3 API reference, "PutObjectLockConfiguration",
 * "PutObjectRetention", "PutObjectLegalHold".
 */
public final class S3ObjectLock {
    private S3ObjectLock() {}

    /** The rule for enabling it: COS needs versioning not to be suspended, S3 needs it to be enabled. */
    public static BucketSettings.Rule<ObjectLockConfiguration> rule(BucketSettings settings) {
        SettingRules common = new SettingRules(settings);
        return (Bucket bucket, Optional<ObjectLockConfiguration> before, Optional<ObjectLockConfiguration> next) -> {
            if (settings.versioning(bucket) != Versioning.ENABLED) {
                throw CosError.INVALID_BUCKET_STATE.because(
                        "Versioning must be 'Enabled' on the bucket to apply an Object Lock configuration.");
            }
            common.objectLock(bucket, before, next);
        };
    }

    /** The handler with the errors that S3 has for wrong configurations. */
    public static Handler configuration(Handler handler) {
        return new Translated(
                handler,
                Map.of(
                        CosError.INVALID_ARGUMENT, CosError.MALFORMED_XML,
                        CosError.INVALID_LOCKED_TIME, CosError.INVALID_RETENTION_PERIOD,
                        CosError.NO_SUCH_OBJECT_LOCK_CONFIGURATION, CosError.OBJECT_LOCK_CONFIGURATION_NOT_FOUND));
    }

    /** The handler with the errors that S3 has for wrong retentions and holds. */
    public static Handler ofObject(Handler handler) {
        return new Translated(handler, Map.of(CosError.INVALID_ARGUMENT, CosError.MALFORMED_XML));
    }
}
