package coffer.access;

import coffer.identity.Account;

/**
 * What is asked for, in the terms of policies: {@code qcs::cos:<region>:uid/<APPID>:<path>}. Source: COS docs, "Access
 * Policy Language", "Resource".
 *
 * @param region of the bucket, for instance {@code ap-guangzhou}
 * @param owner of the bucket
 * @param path {@code <bucket>/} for a bucket, {@code <bucket>/<key>} for an object, empty for the service
 */
public record Resource(Kind kind, String region, Account owner, String path) {
    /** All buckets of the caller: only {@code *} means it in a policy. */
    public static final Resource SERVICE = new Resource(Kind.SERVICE, "", new Account("", ""), "");

    /** How far down it lies. */
    public enum Kind {
        SERVICE,
        BUCKET,
        OBJECT
    }

    /**
     * A bucket; of one that is still to be made, the owner is the account of its APPID.
     *
     * @param bucket its full name
     */
    public static Resource bucket(String region, Account owner, String bucket) {
        return new Resource(Kind.BUCKET, region, owner, bucket + "/");
    }

    /** An object in this bucket. */
    public Resource object(String key) {
        return new Resource(Kind.OBJECT, region, owner, bucketPath() + key);
    }

    /** As policies write it. */
    public String qcs() {
        return kind == Kind.SERVICE ? "*" : "qcs::cos:" + region + ":uid/" + owner.appId() + ":" + path;
    }

    /** The name of the bucket with the slash behind it. */
    String bucketPath() {
        return path.substring(0, path.indexOf('/') + 1);
    }
}
