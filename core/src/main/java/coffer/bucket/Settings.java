package coffer.bucket;

import coffer.acceleration.AccelerateConfiguration;
import coffer.cors.CorsConfiguration;
import coffer.domain.DomainConfiguration;
import coffer.lock.ObjectLockConfiguration;
import coffer.referer.RefererConfiguration;
import coffer.strict.StrictSignatureConfiguration;
import coffer.tagging.Tags;
import coffer.tiering.TieringRules;
import coffer.versioning.Versioning;

/** Every setting a bucket can have. */
public final class Settings {
    /** What overwritten and deleted objects leave; absent for {@link Versioning#NEVER}. */
    public static final BucketSetting<Versioning> VERSIONING =
            BucketSetting.xml("versioning", Versioning::read, Versioning::write);

    /** How long new objects must stay as they are. */
    public static final BucketSetting<ObjectLockConfiguration> OBJECT_LOCK =
            BucketSetting.xml("object-lock", ObjectLockConfiguration::read, ObjectLockConfiguration::write);

    /** Which pages may use the bucket from a browser. */
    public static final BucketSetting<CorsConfiguration> CORS =
            BucketSetting.xml("cors", CorsConfiguration::read, CorsConfiguration::write);

    /** Which pages may link to objects. */
    public static final BucketSetting<RefererConfiguration> REFERER =
            BucketSetting.xml("referer", RefererConfiguration::read, RefererConfiguration::write);

    /** What of a request must be signed. */
    public static final BucketSetting<StrictSignatureConfiguration> STRICT_SIGNATURE = BucketSetting.xml(
            "strict-signature", StrictSignatureConfiguration::read, StrictSignatureConfiguration::write);

    public static final BucketSetting<Tags> TAGGING = BucketSetting.xml("tagging", Tags::ofBucket, Tags::write);

    /** Kept and reported; nothing here gets faster by it. */
    public static final BucketSetting<AccelerateConfiguration> ACCELERATE =
            BucketSetting.xml("accelerate", AccelerateConfiguration::read, AccelerateConfiguration::write);

    /** Kept and reported; bytes of all classes are kept alike. */
    public static final BucketSetting<TieringRules> TIERING =
            BucketSetting.xml("intelligent-tiering", TieringRules::read, TieringRules::write);

    /** Kept and reported; requests reach the bucket by its own names. */
    public static final BucketSetting<DomainConfiguration> DOMAIN =
            BucketSetting.xml("domain", DomainConfiguration::read, DomainConfiguration::write);

    private Settings() {}
}
