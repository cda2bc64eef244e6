package coffer.bucket;

import coffer.access.Acl;
import coffer.access.ObjectOwnership;
import coffer.access.Policy;
import coffer.api.CosResponse;
import coffer.api.XmlWriter;
import coffer.request.CosRequest;
import coffer.request.Handler;

/**
 * Whether a bucket is public, by its policy or by its ACL as far as that counts. Source: S3 API reference,
 * "GetBucketPolicyStatus"; without a policy it answers {@code false}, as Ceph does, not {@code NoSuchBucketPolicy}.
 */
public final class GetBucketPolicyStatus implements Handler {
    private final BucketService buckets;
    private final BucketSettings settings;

    public GetBucketPolicyStatus(BucketService buckets, BucketSettings settings) {
        this.buckets = buckets;
        this.settings = settings;
    }

    @Override
    public CosResponse handle(CosRequest request) {
        Bucket bucket = buckets.of(request);
        boolean isPublic =
                settings.find(bucket, Settings.POLICY).filter(Policy::isPublic).isPresent() || isPublicByAcl(bucket);
        return CosResponse.xml(new XmlWriter()
                .open("PolicyStatus")
                .element("IsPublic", Boolean.toString(isPublic))
                .close("PolicyStatus"));
    }

    private boolean isPublicByAcl(Bucket bucket) {
        AccessRules rules = new AccessRules(settings);
        boolean counts = rules.ownership(bucket) != ObjectOwnership.BUCKET_OWNER_ENFORCED
                && !rules.block(bucket).ignorePublicAcls();
        return counts
                && settings.find(bucket, Settings.ACL).filter(Acl::isPublic).isPresent();
    }
}
