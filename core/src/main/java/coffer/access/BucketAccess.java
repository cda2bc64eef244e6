package coffer.access;

import java.util.Optional;

/**
 * What the owner of a bucket lets others do in it.
 *
 * @param policy empty if none is set
 */
public record BucketAccess(Acl acl, Optional<Policy> policy) {
    /** Of a bucket on which nothing was set, and of what lies in no bucket. */
    public static final BucketAccess PRIVATE = new BucketAccess(Acl.PRIVATE, Optional.empty());
}
