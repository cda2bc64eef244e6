package coffer.bucket;

import coffer.access.Acl;
import coffer.api.CosResponse;
import coffer.request.CosRequest;
import coffer.request.Handler;

/** Source: COS API reference, "PUT Bucket acl": headers or a document; if there are both, the headers count. */
public final class PutBucketAcl implements Handler {
    private final BucketService buckets;
    private final BucketSettings settings;

    public PutBucketAcl(BucketService buckets, BucketSettings settings) {
        this.buckets = buckets;
        this.settings = settings;
    }

    @Override
    public CosResponse handle(CosRequest request) {
        Bucket bucket = buckets.of(request);
        Acl acl = RequestedAcl.of(request, bucket.ownerUin());
        settings.put(bucket, Settings.ACL, acl, rule(buckets, settings));
        return CosResponse.ok();
    }

    /** What the ACL of a bucket must keep to. */
    public static BucketSettings.Rule<Acl> rule(BucketService buckets, BucketSettings settings) {
        BucketSettings.Rule<Acl> limit = new AttachmentLimit(buckets, settings)::acl;
        return limit.and(new AccessRules(settings)::acl);
    }
}
