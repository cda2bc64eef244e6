package coffer.bucket;

import static java.nio.charset.StandardCharsets.UTF_8;

import coffer.acceleration.AccelerateConfiguration;
import coffer.access.Acl;
import coffer.access.AclDocument;
import coffer.access.AclRecord;
import coffer.access.ObjectOwnership;
import coffer.access.Policy;
import coffer.access.PublicAccessBlock;
import coffer.access.Resource;
import coffer.accesslog.LoggingConfiguration;
import coffer.api.CosError;
import coffer.api.Element;
import coffer.cors.CorsConfiguration;
import coffer.domain.DomainConfiguration;
import coffer.encryption.BucketEncryption;
import coffer.identity.Account;
import coffer.lifecycle.LifecycleConfiguration;
import coffer.lock.ObjectLockConfiguration;
import coffer.notification.NotificationConfiguration;
import coffer.origin.OriginConfiguration;
import coffer.record.RecordReader;
import coffer.record.RecordWriter;
import coffer.referer.RefererConfiguration;
import coffer.replication.ReplicationConfiguration;
import coffer.strict.StrictSignatureConfiguration;
import coffer.tagging.Tags;
import coffer.tiering.TieringRules;
import coffer.versioning.Versioning;
import coffer.website.WebsiteConfiguration;

/** Every setting a bucket can have. */
public final class Settings {
    private static final int ACL_FORMAT = 1;

    /** Who may do what; absent for nobody but the owner. */
    public static final BucketSetting<Acl> ACL = new BucketSetting<>(
            "acl",
            BucketSetting.MAX_XML_BYTES,
            CosError.XML_SIZE_LIMIT,
            "application/xml",
            (bucket, document) -> AclDocument.ofBucket(Element.parse(document), bucket.ownerUin()),
            (bucket, record) -> AclRecord.read(new RecordReader(record, ACL_FORMAT)),
            Settings::acl);

    /** Who may do what, and who may not, under which conditions. */
    public static final BucketSetting<Policy> POLICY = new BucketSetting<>(
            "policy",
            Policy.MAX_BYTES,
            CosError.POLICY_FULL,
            "application/json",
            (bucket, document) -> Policy.ofBucket(document, resource(bucket)),
            (bucket, document) -> Policy.storedOfBucket(new String(document, UTF_8), resource(bucket)),
            (bucket, policy) -> policy.text().getBytes(UTF_8));

    /** What must not be public; absent for {@link PublicAccessBlock#NONE}. */
    public static final BucketSetting<PublicAccessBlock> PUBLIC_ACCESS_BLOCK =
            BucketSetting.xml("publicAccessBlock", PublicAccessBlock::read, PublicAccessBlock::write);

    /** Whose the objects of others are; absent for {@link ObjectOwnership#OBJECT_WRITER}. */
    public static final BucketSetting<ObjectOwnership> OWNERSHIP_CONTROLS =
            BucketSetting.xml("ownershipControls", ObjectOwnership::read, ObjectOwnership::write);

    /** What overwritten and deleted objects leave; absent for {@link Versioning#NEVER}. */
    public static final BucketSetting<Versioning> VERSIONING =
            BucketSetting.xml("versioning", Versioning::read, Versioning::write);

    /** How long new objects must stay as they are. */
    public static final BucketSetting<ObjectLockConfiguration> OBJECT_LOCK =
            BucketSetting.xml("object-lock", ObjectLockConfiguration::read, ObjectLockConfiguration::write);

    /** What becomes of objects as they get old. */
    public static final BucketSetting<LifecycleConfiguration> LIFECYCLE =
            BucketSetting.xml("lifecycle", LifecycleConfiguration::read, LifecycleConfiguration::write);

    /** Which pages may use the bucket from a browser. */
    public static final BucketSetting<CorsConfiguration> CORS = BucketSetting.xml(
                    "cors", CorsConfiguration::read, CorsConfiguration::write)
            .sentAs(CorsConfiguration::readOfCos);

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

    /** How it is a website. */
    public static final BucketSetting<WebsiteConfiguration> WEBSITE = BucketSetting.xml(
                    "website", WebsiteConfiguration::read, WebsiteConfiguration::write)
            .sentAs(WebsiteConfiguration::readOfCos);

    /** Those of type WEBSITE lead to the bucket as a website; the others are kept and reported. */
    public static final BucketSetting<DomainConfiguration> DOMAIN =
            BucketSetting.xml("domain", DomainConfiguration::read, DomainConfiguration::write);

    /** How objects are encrypted whose writer says nothing of it. */
    public static final BucketSetting<BucketEncryption> ENCRYPTION =
            BucketSetting.xml("encryption", BucketEncryption::read, BucketEncryption::write);

    /** Who hears of what happens to objects. */
    public static final BucketSetting<NotificationConfiguration> NOTIFICATION =
            BucketSetting.xml("notification", NotificationConfiguration::read, NotificationConfiguration::write);

    /** What is copied to which other buckets. */
    public static final BucketSetting<ReplicationConfiguration> REPLICATION =
            BucketSetting.xml("replication", ReplicationConfiguration::read, ReplicationConfiguration::write);
    /** Where requests are logged. */
    public static final BucketSetting<LoggingConfiguration> LOGGING = BucketSetting.xml(
                    "logging", LoggingConfiguration::readStored, LoggingConfiguration::writeStored)
            .sentAs(LoggingConfiguration::readOfCos);

    /** The same as COS clients are answered. */
    public static final BucketSetting<LoggingConfiguration> LOGGING_ANSWERED =
            LOGGING.answeredAs(LoggingConfiguration::writeOfCos);

    /** Where it gets what it lacks. */
    public static final BucketSetting<OriginConfiguration> ORIGIN =
            BucketSetting.xml("origin", OriginConfiguration::read, OriginConfiguration::write);

    private Settings() {}

    private static byte[] acl(Bucket bucket, Acl acl) {
        RecordWriter record = new RecordWriter(ACL_FORMAT);
        AclRecord.write(record, acl);
        return record.toBytes();
    }

    private static Resource resource(Bucket bucket) {
        return Resource.bucket(bucket.region(), new Account(bucket.appId(), bucket.ownerUin()), bucket.name());
    }
}
