package coffer.s3;

import coffer.api.XmlWriter;
import coffer.bucket.BucketSetting;
import coffer.bucket.Settings;
import coffer.replication.ReplicationConfiguration;

/** Rules of replication in the words of S3, which has other names for storage classes. Source: S3 API reference, "PutBucketReplication". */
public final class S3Replication {
    /** As S3 clients send it. */
    public static final BucketSetting<ReplicationConfiguration> SENT =
            Settings.REPLICATION.sentAs(root -> ReplicationConfiguration.read(S3StorageClass.toCos(root)));

    /** As S3 clients are answered. */
    public static final BucketSetting<ReplicationConfiguration> ANSWERED =
            Settings.REPLICATION.answeredAs(S3Replication::write);

    private S3Replication() {}

    private static void write(ReplicationConfiguration rules, XmlWriter xml) {
        rules.write(xml, S3StorageClass::toS3);
    }
}
