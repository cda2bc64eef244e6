package coffer.bucket;

import coffer.access.Acl;
import coffer.access.ObjectOwnership;
import coffer.access.Policy;
import coffer.access.PublicAccessBlock;
import coffer.api.CosError;
import coffer.api.CosException;
import java.util.Optional;

/**
 * What a bucket lets nobody set, by its public access block and its object ownership. Source: S3 docs, "Blocking public
 * access", "Controlling ownership of objects and disabling ACLs". Thread-safe.
 */
public final class AccessRules {
    private final BucketSettings settings;

    public AccessRules(BucketSettings settings) {
        this.settings = settings;
    }

    /** What of a bucket must not be public. */
    public PublicAccessBlock block(Bucket bucket) {
        return settings.find(bucket, Settings.PUBLIC_ACCESS_BLOCK).orElse(PublicAccessBlock.NONE);
    }

    /** Whose the objects in a bucket are. */
    public ObjectOwnership ownership(Bucket bucket) {
        return settings.find(bucket, Settings.OWNERSHIP_CONTROLS).orElse(ObjectOwnership.OBJECT_WRITER);
    }

    /**
     * Lets pass an ACL that may be set, on the bucket or on an object in it.
     *
     * @throws CosException {@code AccessControlListNotSupported}, {@code AccessDenied}
     */
    public void require(Bucket bucket, Acl acl) {
        if (ownership(bucket) == ObjectOwnership.BUCKET_OWNER_ENFORCED) {
            throw CosError.ACCESS_CONTROL_LIST_NOT_SUPPORTED.exception();
        }
        if (acl.isPublic() && block(bucket).blockPublicAcls()) {
            throw CosError.ACCESS_DENIED.because("Public ACLs are blocked by the public access block of the bucket.");
        }
    }

    /** A rule of the ACL of the bucket. */
    void acl(Bucket bucket, Optional<Acl> before, Optional<Acl> next) {
        next.ifPresent(acl -> require(bucket, acl));
    }

    /** A rule of the policy of the bucket. */
    public void policy(Bucket bucket, Optional<Policy> before, Optional<Policy> next) {
        if (next.filter(Policy::isPublic).isPresent() && block(bucket).blockPublicPolicy()) {
            throw CosError.ACCESS_DENIED.because(
                    "Public policies are blocked by the public access block of the bucket.");
        }
    }

    /** A rule of the ownership: ACLs that grant something to others are not put out of force unseen. */
    public void ownership(Bucket bucket, Optional<ObjectOwnership> before, Optional<ObjectOwnership> next) {
        boolean isGranted = settings.find(bucket, Settings.ACL)
                .filter(acl -> acl.isForOthersThan(bucket.ownerUin()))
                .isPresent();
        if (isGranted && next.equals(Optional.of(ObjectOwnership.BUCKET_OWNER_ENFORCED))) {
            throw CosError.INVALID_BUCKET_ACL_WITH_OBJECT_OWNERSHIP.exception();
        }
    }
}
