package coffer.bucket;

import coffer.access.Acl;
import coffer.access.Policy;
import coffer.api.CosError;
import coffer.api.CosException;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * How much an account may grant in all: the grants in the ACLs of its buckets and the statements of their policies
 * count together. Objects are not counted. Source: COS docs, "ACL"; COS API reference, "PUT Bucket policy".
 */
public final class AttachmentLimit {
    private static final int MOST = 1000;

    private final BucketService buckets;
    private final BucketSettings settings;

    public AttachmentLimit(BucketService buckets, BucketSettings settings) {
        this.buckets = buckets;
        this.settings = settings;
    }

    /**
     * A rule of the ACL.
     *
     * @throws CosException {@code AttachmentFull}
     */
    public void acl(Bucket bucket, Optional<Acl> before, Optional<Acl> next) {
        if (exceeded(bucket, count(next, AttachmentLimit::grants), this::statements)) {
            throw CosError.ATTACHMENT_FULL.because(
                    "The ACLs and policies of an account's buckets hold at most " + MOST + " grants and statements.");
        }
    }

    /**
     * A rule of the policy.
     *
     * @throws CosException {@code PolicyFull}
     */
    public void policy(Bucket bucket, Optional<Policy> before, Optional<Policy> next) {
        if (exceeded(bucket, count(next, Policy::size), this::grants)) {
            throw CosError.POLICY_FULL.because(
                    "The ACLs and policies of an account's buckets hold at most " + MOST + " grants and statements.");
        }
    }

    private boolean exceeded(Bucket changed, int next, ToIntFunction<Bucket> stays) {
        List<Bucket> others = buckets.ofOwner(changed.appId()).stream()
                .filter(bucket -> !bucket.name().equals(changed.name()))
                .toList();
        int all = next + stays.applyAsInt(changed);
        for (Bucket bucket : others) {
            all += grants(bucket) + statements(bucket);
        }
        return all > MOST;
    }

    private int grants(Bucket bucket) {
        return count(settings.find(bucket, Settings.ACL), AttachmentLimit::grants);
    }

    private int statements(Bucket bucket) {
        return count(settings.find(bucket, Settings.POLICY), Policy::size);
    }

    private static int grants(Acl acl) {
        return acl.grants().size();
    }

    private static <T> int count(Optional<T> setting, ToIntFunction<T> size) {
        return setting.map(size::applyAsInt).orElse(0);
    }
}
