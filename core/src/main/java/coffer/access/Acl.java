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
 * @param leavesOutOwner whether whoever set it listed no right to everything for the owner, as S3 clients can; that is
 *     shown to them, but takes nothing from the owner
 */
public record Acl(List<Grant> grants, boolean leavesOutOwner) {
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

    /** A list of grants to others than the owner. */
    public Acl(List<Grant> grants) {
        this(grants, false);
    }

    /** Whether it grants anything to everybody, or to everybody who signs. */
    public boolean isPublic() {
        return grants.stream().anyMatch(grant -> grant.grantee() instanceof Grantee.Group);
    }

    /** Whether it grants anything to others than an account. */
    public boolean isForOthersThan(String ownerUin) {
        Grantee owner = Grantee.root(ownerUin);
        return grants.stream().anyMatch(grant -> !grant.grantee().equals(owner));
    }

    /** What it grants to accounts and users. */
    Acl withoutGroups() {
        return new Acl(
                grants.stream()
                        .filter(grant -> !(grant.grantee() instanceof Grantee.Group))
                        .toList(),
                leavesOutOwner);
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
