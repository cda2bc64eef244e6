package coffer.operation;

import coffer.bucket.Bucket;
import coffer.object.ListObjectVersions;
import coffer.object.ListObjects;
import coffer.object.ListObjectsV2;
import coffer.object.ListingWords;
import coffer.request.Handler;
import coffer.s3.S3ListBuckets;
import coffer.s3.S3PutBucket;
import coffer.s3.S3StorageClass;
import java.util.Map;

/** What answers S3 clients where their documents differ from those of COS. */
final class S3Handlers {
    private static final ListingWords WORDS =
            new ListingWords(Bucket::ownerId, storageClass -> S3StorageClass.toS3(storageClass.name()));

    private S3Handlers() {}

    static Map<Operation, Handler> of(Services s) {
        return Map.of(
                Operation.LIST_BUCKETS, new S3ListBuckets(s.buckets()),
                Operation.PUT_BUCKET, new S3PutBucket(s.buckets(), s.settings(), s.regions()),
                Operation.LIST_OBJECTS, new ListObjects(s.buckets(), s.listing(), WORDS),
                Operation.LIST_OBJECTS_V2, new ListObjectsV2(s.buckets(), s.listing(), WORDS),
                Operation.LIST_OBJECT_VERSIONS,
                        new ListObjectVersions(s.buckets(), s.objects(), s.versionListing(), WORDS));
    }
}
