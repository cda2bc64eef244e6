package coffer.access;

import java.util.Set;

/**
 * What a grant allows, and which actions that opens. On an object it opens neither tags nor deletes: tags take a policy,
 * deletes WRITE on the bucket. Source: COS docs, "ACL", "Operations that a permission covers".
 */
public enum Permission {
    READ(
            Set.of("HeadBucket", "GetBucket", "GetBucketObjectVersions", "ListMultipartUploads"),
            Set.of("GetObject", "GetObjectAttributes", "HeadObject", "GetObjectVersion")),
    /** Of buckets only: it lets write and delete whatever is in the bucket, objects with an ACL of their own too. */
    WRITE(
            Set.of(
                    "PutObject",
                    "PutObjectCopy",
                    "PostObject",
                    "AppendObject",
                    "InitiateMultipartUpload",
                    "UploadPart",
                    "UploadPartCopy",
                    "CompleteMultipartUpload",
                    "AbortMultipartUpload",
                    "DeleteObject"),
            Set.of()),
    READ_ACP(Set.of("GetBucketACL"), Set.of("GetObjectACL")),
    WRITE_ACP(Set.of("PutBucketACL"), Set.of("PutObjectACL")),
    /** The other four together. */
    FULL_CONTROL(Set.of(), Set.of());

    private final Set<String> bucketActions;
    private final Set<String> objectActions;

    Permission(Set<String> bucketActions, Set<String> objectActions) {
        this.bucketActions = bucketActions;
        this.objectActions = objectActions;
    }

    /** Whether it opens an action when it is granted on a bucket. */
    boolean opensOnBucket(String action) {
        return this == FULL_CONTROL
                ? READ.opensOnBucket(action)
                        || WRITE.opensOnBucket(action)
                        || READ_ACP.opensOnBucket(action)
                        || WRITE_ACP.opensOnBucket(action)
                : bucketActions.contains(action);
    }

    /** Whether it opens an action when it is granted on an object, or on the bucket of an object without an ACL. */
    boolean opensOnObject(String action) {
        return this == FULL_CONTROL
                ? READ.opensOnObject(action) || READ_ACP.opensOnObject(action) || WRITE_ACP.opensOnObject(action)
                : objectActions.contains(action);
    }
}
