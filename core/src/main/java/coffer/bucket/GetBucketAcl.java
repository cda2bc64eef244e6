package coffer.bucket;

import coffer.access.Acl;
import coffer.access.AclDocument;
import coffer.access.S3Acl;
import coffer.api.CosResponse;
import coffer.request.CosRequest;
import coffer.request.Handler;

/** Source: COS API reference, "GET Bucket acl". */
public final class GetBucketAcl implements Handler {
    private final BucketService buckets;
    private final BucketSettings settings;

    public GetBucketAcl(BucketService buckets, BucketSettings settings) {
        this.buckets = buckets;
        this.settings = settings;
    }

    @Override
    public CosResponse handle(CosRequest request) {
        Bucket bucket = buckets.of(request);
        Acl acl = settings.find(bucket, Settings.ACL).orElse(Acl.PRIVATE);
        return CosResponse.xml(
                switch (request.protocol()) {
                    case COS -> AclDocument.write(acl, bucket.ownerUin());
                    case S3 -> S3Acl.write(acl, bucket.ownerUin());
                });
    }
}
