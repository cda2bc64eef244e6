package coffer.access;

import java.util.Optional;

/**
 * What the owner of a bucket lets others do in it.
 *
 * @param policy empty if none is set
 * @param ownership {@code OBJECT_WRITER} if none is set
 */
public record BucketAccess(Acl acl, Optional<Policy> policy, PublicAccessBlock block, ObjectOwnership ownership) {
    /** Of a bucket on which nothing was set, and of what lies in no bucket. */
    public static final BucketAccess PRIVATE = new BucketAccess(Acl.PRIVATE, Optional.empty());

    /** Of a bucket that blocks nothing and whose objects belong to their writers. */
    public BucketAccess(Acl acl, Optional<Policy> policy) {
        this(acl, policy, PublicAccessBlock.NONE, ObjectOwnership.OBJECT_WRITER);
    }

    /** What of its ACL counts. */
    Acl aclInForce() {
        return inForce(acl);
    }

    /** What counts of what an object says. */
    ObjectAccess inForce(ObjectAccess object, String bucketOwnerUin) {
        return ownership == ObjectOwnership.BUCKET_OWNER_ENFORCED
                ? new ObjectAccess(bucketOwnerUin, Optional.of(Acl.PRIVATE))
                : new ObjectAccess(object.ownerUin(), object.acl().map(this::inForce));
    }

    /** The policy as far as it allows something to others; what it denies always counts. */
    Optional<Policy> allowing(boolean isAtHome) {
        return policy.filter(set -> isAtHome || !block.restrictPublicBuckets() || !set.isPublic());
    }

    private Acl inForce(Acl any) {
        if (ownership == ObjectOwnership.BUCKET_OWNER_ENFORCED) {
            return Acl.PRIVATE;
        }
        return block.ignorePublicAcls() ? any.withoutGroups() : any;
    }
}
