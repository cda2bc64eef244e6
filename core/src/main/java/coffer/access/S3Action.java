package coffer.access;

import java.util.Map;

/**
 * What AWS policies call the actions of COS. Source: S3 API reference, "Actions, resources, and condition keys for Amazon
 * S3". What S3 lacks keeps its name, so that only wildcards reach it.
 */
public final class S3Action {
    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("GetService", "ListAllMyBuckets"),
            Map.entry("PutBucket", "CreateBucket"),
            Map.entry("GetBucket", "ListBucket"),
            Map.entry("HeadBucket", "ListBucket"),
            Map.entry("GetBucketObjectVersions", "ListBucketVersions"),
            Map.entry("ListMultipartUploads", "ListBucketMultipartUploads"),
            Map.entry("ListParts", "ListMultipartUploadParts"),
            Map.entry("GetBucketLifecycle", "GetLifecycleConfiguration"),
            Map.entry("PutBucketLifecycle", "PutLifecycleConfiguration"),
            Map.entry("DeleteBucketLifecycle", "PutLifecycleConfiguration"),
            Map.entry("GetBucketReplication", "GetReplicationConfiguration"),
            Map.entry("PutBucketReplication", "PutReplicationConfiguration"),
            Map.entry("DeleteBucketReplication", "PutReplicationConfiguration"),
            Map.entry("GetBucketEncryption", "GetEncryptionConfiguration"),
            Map.entry("PutBucketEncryption", "PutEncryptionConfiguration"),
            Map.entry("DeleteBucketEncryption", "PutEncryptionConfiguration"),
            Map.entry("GetBucketAccelerate", "GetAccelerateConfiguration"),
            Map.entry("PutBucketAccelerate", "PutAccelerateConfiguration"),
            Map.entry("GetBucketInventory", "GetInventoryConfiguration"),
            Map.entry("ListBucketInventory", "GetInventoryConfiguration"),
            Map.entry("PutBucketInventory", "PutInventoryConfiguration"),
            Map.entry("PostBucketInventory", "PutInventoryConfiguration"),
            Map.entry("DeleteBucketInventory", "PutInventoryConfiguration"),
            Map.entry("GetBucketIntelligentTiering", "GetIntelligentTieringConfiguration"),
            Map.entry("PutBucketIntelligentTiering", "PutIntelligentTieringConfiguration"),
            Map.entry("DeleteBucketCORS", "PutBucketCORS"),
            Map.entry("DeleteBucketPublicAccessBlock", "PutBucketPublicAccessBlock"),
            Map.entry("DeleteBucketOwnershipControls", "PutBucketOwnershipControls"),
            Map.entry("DeleteBucketTagging", "PutBucketTagging"),
            Map.entry("GetBucketACL", "GetBucketAcl"),
            Map.entry("PutBucketACL", "PutBucketAcl"),
            Map.entry("HeadObject", "GetObject"),
            Map.entry("InitiateMultipartUpload", "PutObject"),
            Map.entry("UploadPart", "PutObject"),
            Map.entry("UploadPartCopy", "PutObject"),
            Map.entry("CompleteMultipartUpload", "PutObject"),
            Map.entry("PutObjectCopy", "PutObject"),
            Map.entry("PostObject", "PutObject"),
            Map.entry("AppendObject", "PutObject"),
            Map.entry("PostObjectRestore", "RestoreObject"),
            Map.entry("GetObjectACL", "GetObjectAcl"),
            Map.entry("PutObjectACL", "PutObjectAcl"));

    /** Of what AWS has an action of its own for named versions. */
    private static final Map<String, String> OF_VERSIONS = Map.of(
            "GetObject", "GetObjectVersion",
            "GetObjectAcl", "GetObjectVersionAcl",
            "GetObjectTagging", "GetObjectVersionTagging",
            "PutObjectAcl", "PutObjectVersionAcl",
            "PutObjectTagging", "PutObjectVersionTagging",
            "DeleteObject", "DeleteObjectVersion",
            "DeleteObjectTagging", "DeleteObjectVersionTagging");

    private S3Action() {}

    /**
     * The action that a request for an action of COS is in S3, without the prefix {@code s3:}.
     *
     * @param request tells whether it names a version
     */
    public static String of(String action, ConditionValues request) {
        String name = NAMES.getOrDefault(action, action);
        String ofVersions = OF_VERSIONS.get(name);
        return ofVersions != null && request.of("s3:versionid").isPresent() ? ofVersions : name;
    }
}
