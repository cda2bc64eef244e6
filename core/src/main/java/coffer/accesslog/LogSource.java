package coffer.accesslog;

/**
 * The bucket whose requests are logged.
 *
 * @param bucket its full name
 * @param region where it is
 * @param appId of its owner
 * @param ownerUin the UIN of its owner
 */
public record LogSource(String bucket, String region, String appId, String ownerUin) {
    /** What S3 clients call it. */
    String s3Bucket() {
        return bucket.substring(0, bucket.length() - appId.length() - 1);
    }

    /** The owner as S3 clients know him. */
    String ownerId() {
        return "qcs::cam::uin/" + ownerUin + ":uin/" + ownerUin;
    }
}
