package coffer.access;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.identity.Principal;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * An access control list. It only allows; what the owner may do does not depend on it. Source: COS docs, "ACL".
 *
 * @param grants at most 100, in the order they were given, none twice
 */
public record Acl(List<Grant> grants) {
    /** Nobody but the owner. */
    public static final Acl PRIVATE = new Acl(List.of());

    static final int MAX_GRANTS = 100;

    /**
     * A list of grants.
     *
     * @throws CosException {@code AttachmentFull} over 100 grants
     */
    public Acl {
        if (grants.size() > MAX_GRANTS) {
            throw CosError.ATTACHMENT_FULL.exception();
        }
        grants = grants.stream().distinct().toList();
    }

    /**
     * The first grant of a permission that opens what somebody wants.
     *
     * @param bucketOwnerUin who owns the bucket, also for the ACL of an object in it
     */
    Optional<Grant> find(Predicate<Permission> opens, Principal principal, String bucketOwnerUin, Audience audience) {
        for (Grant grant : grants) {
            boolean counts = audience == Audience.ANY || grant.grantee() == Grantee.Group.ALL_USERS;
            if (counts && opens.test(grant.permission()) && grant.grantee().includes(principal, bucketOwnerUin)) {
                return Optional.of(grant);
            }
        }
        return Optional.empty();
    }
}
