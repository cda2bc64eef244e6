package coffer.access;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Element;
import coffer.api.XmlWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The XML of an ACL. Source: COS API reference, "PUT Bucket acl", "GET Bucket acl", "PUT Object acl", "GET Object acl".
 *
 * <p>Read, a grantee is known by its children {@code ID}, {@code URI}, or {@code uin} and {@code Subaccount}; its type is
 * not looked at, as clients call an account {@code CanonicalUser}, {@code RootAccount} or nothing. Written, the attribute
 * is {@code xsi:type} to the letter, of the two values that the Java SDK knows.
 */
public final class AclDocument {
    private static final String ROOT = "AccessControlPolicy";

    private AclDocument() {}

    /**
     * Reads the ACL of a bucket.
     *
     * @throws CosException {@code MalformedXML}, {@code InvalidArgument}, {@code AttachmentFull}; {@code AccessDenied} if
     *     the document names another owner
     */
    public static Acl ofBucket(Element document, String ownerUin) {
        return read(document, ownerUin);
    }

    /**
     * Reads the ACL of an object.
     *
     * @throws CosException as {@link #ofBucket}; {@code InvalidArgument} also for WRITE, which objects do not have
     */
    public static Acl ofObject(Element document, String ownerUin) {
        Acl acl = read(document, ownerUin);
        if (acl.grants().stream().anyMatch(grant -> grant.permission() == Permission.WRITE)) {
            throw CosError.INVALID_ARGUMENT.because("An object has no permission WRITE; grant it on the bucket.");
        }
        return acl;
    }

    /** Writes an ACL with its owner, whose rights are listed first although no list can take them away. */
    public static XmlWriter write(Acl acl, String ownerUin) {
        Grantee owner = Grantee.root(ownerUin);
        XmlWriter out = begin(owner);
        write(out, new Grant(owner, Permission.FULL_CONTROL));
        acl.grants().stream().filter(grant -> !grant.grantee().equals(owner)).forEach(grant -> write(out, grant));
        return end(out);
    }

    static XmlWriter begin(Grantee owner) {
        return new XmlWriter()
                .open(ROOT)
                .open("Owner")
                .element("ID", owner.id())
                .element("DisplayName", owner.id())
                .close("Owner")
                .open("AccessControlList");
    }

    static XmlWriter end(XmlWriter out) {
        return out.close("AccessControlList").close(ROOT);
    }

    static Acl read(Element document, String ownerUin) {
        if (!document.name().equals(ROOT)) {
            throw CosError.MALFORMED_XML.because("The document must be an " + ROOT + ".");
        }
        Element owner = document.child("Owner").orElseThrow(() -> missing(ROOT, "Owner"));
        if (!Grantee.ofId(owner.required("ID")).equals(Optional.of(Grantee.root(ownerUin)))) {
            throw CosError.ACCESS_DENIED.because("The owner cannot be changed.");
        }
        Element list = document.child("AccessControlList").orElseThrow(() -> missing(ROOT, "AccessControlList"));
        List<Grant> grants = new ArrayList<>();
        for (Element grant : list.all("Grant")) {
            Element grantee = grant.child("Grantee").orElseThrow(() -> missing("Grant", "Grantee"));
            grants.add(new Grant(grantee(grantee), permission(grant.required("Permission"))));
        }
        return new Acl(grants);
    }

    private static Grantee grantee(Element grantee) {
        Optional<String> uri = grantee.childText("URI").filter(text -> !text.isEmpty());
        Optional<String> uin = grantee.childText("uin").filter(text -> !text.isEmpty());
        if (uri.isPresent()) {
            return Grantee.ofUri(uri.get()).orElseThrow(() -> unknown(uri.get()));
        }
        String id = uin.map(root -> grantee.childText("Subaccount")
                        .filter(text -> !text.isEmpty())
                        .map(sub -> root + "/" + sub)
                        .orElse(root))
                .orElseGet(() -> grantee.childText("ID").orElseThrow(() -> missing("Grantee", "ID or URI")));
        return Grantee.ofId(id).orElseThrow(() -> unknown(id));
    }

    private static Permission permission(String text) {
        return switch (text) {
            case "READ" -> Permission.READ;
            case "WRITE" -> Permission.WRITE;
            case "READ_ACP" -> Permission.READ_ACP;
            case "WRITE_ACP" -> Permission.WRITE_ACP;
            case "FULL_CONTROL" -> Permission.FULL_CONTROL;
            default ->
                throw CosError.INVALID_ARGUMENT.because(
                        "A Permission is READ, WRITE, READ_ACP, WRITE_ACP or FULL_CONTROL.");
        };
    }

    private static void write(XmlWriter out, Grant grant) {
        write(out, grant, grant.grantee().id());
    }

    /** @param id what to call the grantee, by URI for a group */
    static void write(XmlWriter out, Grant grant, String id) {
        boolean isGroup = grant.grantee() instanceof Grantee.Group;
        out.open("Grant")
                .openWith(
                        "Grantee",
                        "xmlns:xsi",
                        "http://www.w3.org/2001/XMLSchema-instance",
                        "xsi:type",
                        isGroup ? "Group" : "CanonicalUser");
        if (isGroup) {
            out.element("URI", id);
        } else {
            out.element("ID", id).element("DisplayName", id);
        }
        out.close("Grantee").element("Permission", grant.permission().name()).close("Grant");
    }

    private static CosException missing(String parent, String child) {
        return CosError.MALFORMED_XML.because("The element " + parent + " must have a child element " + child + ".");
    }

    private static CosException unknown(String grantee) {
        return CosError.INVALID_ARGUMENT.because("A grantee is the ID of an account or a user, such as"
                + " qcs::cam::uin/100000000001:uin/100000000001, or the URI of a group; " + grantee
                + " is neither.");
    }
}
