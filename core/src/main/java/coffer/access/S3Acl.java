package coffer.access;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Element;
import coffer.api.Headers;
import coffer.api.XmlWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * ACLs as S3 clients say and see them. Other than in COS, an object has always one of its own, private if nobody says
 * otherwise; a list says also what the owner may, and need not grant the owner everything; an object can have WRITE, which
 * opens nothing; and a name and a list do not go together. Source: S3 docs, "Access control list (ACL) overview".
 */
public final class S3Acl {
    private static final String GROUPS = "http://acs.amazonaws.com/groups/global/";

    private S3Acl() {}

    /**
     * The ACL for a bucket; {@link Acl#PRIVATE} if the headers say none.
     *
     * @throws CosException {@code InvalidArgument}, {@code InvalidRequest}, {@code AttachmentFull},
     *     {@code UnresolvableGrantByEmailAddress}, {@code NotImplemented}
     */
    public static Acl ofBucket(Headers headers, String ownerUin) {
        Optional<CannedAcl> canned = headers.nonEmpty(AclHeaders.CANNED).map(CannedAcl::ofS3Bucket);
        return of(headers, canned, ownerUin, ownerUin);
    }

    /**
     * The ACL for an object; {@link Acl#PRIVATE} if the headers say none.
     *
     * @throws CosException as {@link #ofBucket}
     */
    public static Acl ofObject(Headers headers, String ownerUin, String bucketOwnerUin) {
        Optional<CannedAcl> canned = headers.nonEmpty(AclHeaders.CANNED).map(CannedAcl::ofS3Object);
        return of(headers, canned, ownerUin, bucketOwnerUin);
    }

    /**
     * Reads the ACL of a bucket or an object.
     *
     * @throws CosException as {@link AclDocument#ofBucket}; {@code UnresolvableGrantByEmailAddress}
     */
    public static Acl read(Element document, String ownerUin) {
        boolean isByMail = document.all("AccessControlList").stream()
                .flatMap(list -> list.all("Grant").stream())
                .flatMap(grant -> grant.all("Grantee").stream())
                .anyMatch(grantee -> grantee.child("EmailAddress").isPresent());
        refuseMail(isByMail);
        return listed(AclDocument.read(document, ownerUin).grants(), ownerUin);
    }

    /** Writes an ACL: groups by their names in S3 first, the owner last unless the list says otherwise. */
    public static XmlWriter write(Acl acl, String ownerUin) {
        Grantee owner = Grantee.root(ownerUin);
        List<Grant> grants = new ArrayList<>(acl.grants());
        if (!acl.leavesOutOwner()) {
            grants.removeIf(grant -> grant.grantee().equals(owner));
            grants.add(new Grant(owner, Permission.FULL_CONTROL));
        }
        grants.sort(Comparator.comparing(grant -> !(grant.grantee() instanceof Grantee.Group)));
        XmlWriter out = AclDocument.begin(owner);
        grants.forEach(grant -> AclDocument.write(out, grant, name(grant.grantee())));
        return AclDocument.end(out);
    }

    private static Acl of(Headers headers, Optional<CannedAcl> canned, String ownerUin, String bucketOwnerUin) {
        refuseMail(AclHeaders.areByMail(headers));
        List<Grant> granted = AclHeaders.granted(headers);
        if (canned.isPresent() && !granted.isEmpty()) {
            throw CosError.INVALID_REQUEST.because(
                    "Specifying both Canned ACLs and Header Grants is not allowed: send x-amz-acl or x-amz-grant-*.");
        }
        return granted.isEmpty()
                ? new Acl(canned.map(named -> named.grants(bucketOwnerUin)).orElse(List.of()))
                : listed(granted, ownerUin);
    }

    private static void refuseMail(boolean isByMail) {
        if (isByMail) {
            throw CosError.UNRESOLVABLE_GRANT_BY_EMAIL_ADDRESS.exception();
        }
    }

    /** Whose owner may everything is as if it did not mention the owner. */
    private static Acl listed(List<Grant> grants, String ownerUin) {
        Grant everything = new Grant(Grantee.root(ownerUin), Permission.FULL_CONTROL);
        return grants.contains(everything)
                ? new Acl(grants.stream()
                        .filter(grant -> !grant.equals(everything))
                        .toList())
                : new Acl(grants, true);
    }

    private static String name(Grantee grantee) {
        return switch (grantee) {
            case Grantee.User user -> user.id();
            case Grantee.Group group -> GROUPS + (group == Grantee.Group.ALL_USERS ? "AllUsers" : "AuthenticatedUsers");
        };
    }
}
