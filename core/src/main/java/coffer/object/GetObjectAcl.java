package coffer.object;

import coffer.api.CosResponse;
import coffer.bucket.Bucket;
import coffer.bucket.BucketService;
import coffer.bucket.GetBucketAcl;
import coffer.request.CosRequest;
import coffer.request.Handler;

/** Source: COS API reference, "GET Object acl". The header tells the SDKs that the object has no ACL of its own. */
public final class GetObjectAcl implements Handler {
    private final BucketService buckets;
    private final ObjectService objects;

    public GetObjectAcl(BucketService buckets, ObjectService objects) {
        this.buckets = buckets;
        this.objects = objects;
    }

    @Override
    public CosResponse handle(CosRequest request) {
        Bucket bucket = buckets.of(request);
        StoredObject _ = objects.versions().require(bucket, request.key(), Versions.named(request.query()));
        return CosResponse.xml(GetBucketAcl.document(bucket)).with("x-cos-acl", "default");
    }
}
