package coffer.bucket;

import coffer.access.Acl;
import coffer.access.AclDocument;
import coffer.access.AclHeaders;
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
        Acl acl = AclHeaders.areIn(request.headers())
                ? AclHeaders.ofBucket(request.headers())
                : AclDocument.ofBucket(request.document(BucketSetting.MAX_XML_BYTES), bucket.ownerUin());
        settings.put(bucket, Settings.ACL, acl, new AttachmentLimit(buckets, settings)::acl);
        return CosResponse.ok();
    }
}
