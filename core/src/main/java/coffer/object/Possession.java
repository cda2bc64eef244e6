package coffer.object;

import coffer.access.Acl;
import coffer.access.ObjectAccess;
import coffer.bucket.Bucket;
import java.util.Optional;

/**
 * Whose an object is and who else may use it.
 *
 * @param ownerUin the account that wrote it; empty if that is the bucket's or nobody's
 * @param acl its own; empty if the bucket's counts
 */
public record Possession(Optional<String> ownerUin, Optional<Acl> acl) {
    /** What belongs to the bucket's owner and is used as the bucket is. */
    public static final Possession OF_BUCKET = new Possession(Optional.empty(), Optional.empty());

    /** The UIN of the account it belongs to. */
    public String owner(Bucket bucket) {
        return ownerUin.orElse(bucket.ownerUin());
    }

    /** What decides who may use it. */
    ObjectAccess access(Bucket bucket) {
        return new ObjectAccess(owner(bucket), acl);
    }

    /** The same owner with another ACL. */
    public Possession with(Optional<Acl> other) {
        return new Possession(ownerUin, other);
    }
}
