package coffer.batch;

import coffer.access.Acl;
import coffer.access.AclHeaders;
import coffer.access.Grant;
import coffer.api.CosError;
import coffer.api.Element;
import coffer.api.Headers;
import coffer.api.Headers.Header;
import coffer.api.HttpDate;
import coffer.object.Attributes;
import coffer.request.Numbers;
import coffer.request.Words;
import coffer.tagging.TagLimits;
import coffer.tagging.Tags;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads what copies of a job are to be like, as the headers of PUT Object - Copy say it. */
final class CopyReader {
    private static final List<String> KNOWN = List.of(
            "AccessControlDirective",
            "AccessControlGrants",
            "CannedAccessControlList",
            "PrefixReplace",
            "ResourcesPrefix",
            "TargetKeyPrefix",
            "MetadataDirective",
            "ModifiedSinceConstraint",
            "UnModifiedSinceConstraint",
            "NewObjectMetadata",
            "TaggingDirective",
            "NewObjectTagging",
            "StorageClass",
            "TargetResource");

    private static final Map<String, String> METADATA = Map.of(
            "CacheControl", "Cache-Control",
            "ContentDisposition", "Content-Disposition",
            "ContentEncoding", "Content-Encoding",
            "ContentType", "Content-Type",
            "HttpExpiresDate", "Expires");

    private static final Map<String, String> PERMISSIONS = Map.of(
            "READ", "x-cos-grant-read",
            "WRITE", "x-cos-grant-write",
            "READ_ACP", "x-cos-grant-read-acp",
            "WRITE_ACP", "x-cos-grant-write-acp",
            "FULL_CONTROL", "x-cos-grant-full-control");

    private static final long LAST_SECOND = 253_402_300_799L;

    private final Element copy;
    private final List<Header> headers = new ArrayList<>();

    private CopyReader(Element copy) {
        this.copy = copy;
    }

    static JobOperation.Copy read(Element copy, String ownerUin) {
        JobOperation.requireOnly(copy, KNOWN);
        return new CopyReader(copy).read(ownerUin);
    }

    private JobOperation.Copy read(String ownerUin) {
        metadata();
        tags();
        text(copy, "StorageClass").ifPresent(text -> add("x-cos-storage-class", text));
        since("ModifiedSinceConstraint", "x-cos-copy-source-If-Modified-Since");
        since("UnModifiedSinceConstraint", "x-cos-copy-source-If-Unmodified-Since");
        boolean copiesAcl = acl();
        boolean replaces = text(copy, "PrefixReplace")
                .map(text -> Words.either("PrefixReplace", text, "true", "false"))
                .orElse(false);
        String prefix = copy.child("ResourcesPrefix").map(Element::content).orElse("");
        if (!replaces && !prefix.isEmpty()) {
            throw CosError.INVALID_REQUEST.because("ResourcesPrefix goes with PrefixReplace true only.");
        }
        Headers all = Headers.of(headers);
        check(all, ownerUin);
        return new JobOperation.Copy(
                CosArn.ofBucket("TargetResource", copy.required("TargetResource")),
                replaces,
                prefix,
                copy.child("TargetKeyPrefix").map(Element::content).orElse(""),
                all,
                copiesAcl);
    }

    /** So that wrong ones are refused with the job, not with each task. */
    private static void check(Headers headers, String ownerUin) {
        Attributes _ = Attributes.of(headers);
        Optional<Acl> _ = AclHeaders.ofObject(headers, ownerUin);
    }

    private void add(String name, String value) {
        if (value.chars().anyMatch(c -> c < ' ')) {
            throw CosError.INVALID_REQUEST.because("The value of " + name + " has a control character.");
        }
        headers.add(new Header(name, value));
    }

    private static Optional<String> text(Element parent, String name) {
        return parent.childText(name).filter(text -> !text.isEmpty());
    }

    /** @return whether it says that something is replaced */
    private boolean directive(String element, String header) {
        Optional<String> text = text(copy, element);
        text.filter(word -> !word.matches("(?i)Copy|Replaced?")).ifPresent(word -> {
            throw CosError.INVALID_REQUEST.because(element + " must be Copy or Replaced, not '" + word + "'.");
        });
        text.ifPresent(word -> add(header, word));
        return text.filter(word -> !word.equalsIgnoreCase("Copy")).isPresent();
    }

    private void metadata() {
        boolean replaced = directive("MetadataDirective", "x-cos-metadata-directive");
        Optional<Element> metadata = copy.child("NewObjectMetadata");
        if (metadata.isEmpty()) {
            return;
        }
        List<String> known = new ArrayList<>(METADATA.keySet());
        known.addAll(List.of("SSEAlgorithm", "UserMetadata"));
        JobOperation.requireOnly(metadata.get(), known);
        int before = headers.size();
        METADATA.forEach((element, header) -> text(metadata.get(), element).ifPresent(text -> add(header, text)));
        for (Element member : metadata.get()
                .child("UserMetadata")
                .map(all -> all.all("member"))
                .orElse(List.of())) {
            String key = member.required("Key").toLowerCase(Locale.ROOT);
            if (!key.matches("[!-~&&[^:]]{1,200}")) {
                throw CosError.INVALID_REQUEST.because("The Key of UserMetadata must be the name of a header.");
            }
            add(
                    key.startsWith("x-cos-meta-") ? key : "x-cos-meta-" + key,
                    member.childText("Value").orElse(""));
        }
        if (!replaced && headers.size() > before) {
            throw CosError.INVALID_REQUEST.because("NewObjectMetadata goes with the MetadataDirective Replaced.");
        }
        text(metadata.get(), "SSEAlgorithm").ifPresent(text -> {
            if (!text.equals("AES256")) {
                throw CosError.INVALID_REQUEST.because("SSEAlgorithm must be AES256.");
            }
            add("x-cos-server-side-encryption", text);
        });
    }

    private void tags() {
        boolean replaced = directive("TaggingDirective", "x-cos-tagging-directive");
        Optional<Element> tagging = copy.child("NewObjectTagging");
        if (tagging.isEmpty()) {
            return;
        }
        if (!replaced) {
            throw CosError.INVALID_REQUEST.because("NewObjectTagging goes with the TaggingDirective Replaced.");
        }
        add(
                "x-cos-tagging",
                Tags.ofElements(TagLimits.OBJECT, tagging.get().all("COSTag")).header());
    }

    private void since(String element, String header) {
        text(copy, element)
                .map(text -> Numbers.within(element, text, 0, LAST_SECOND))
                .filter(seconds -> seconds > 0)
                .ifPresent(seconds -> add(header, HttpDate.rfc1123(Instant.ofEpochSecond(seconds))));
    }

    /** @return whether the ACL of the source is copied */
    private boolean acl() {
        text(copy, "CannedAccessControlList").ifPresent(text -> add("x-cos-acl", text));
        for (Element grant : copy.child("AccessControlGrants")
                .map(all -> all.all("COSGrant"))
                .orElse(List.of())) {
            String permission = PERMISSIONS.get(grant.required("Permission"));
            Element grantee = grant.child("Grantee")
                    .orElseThrow(() -> CosError.MALFORMED_XML.because("A COSGrant must have a Grantee."));
            if (permission == null) {
                throw CosError.INVALID_REQUEST.because("Permission must be READ, WRITE or FULL_CONTROL.");
            }
            add(permission, "id=\"" + grantee.required("Identifier").replace("\"", "") + "\"");
        }
        boolean says = AclHeaders.areIn(Headers.of(headers));
        String directive = text(copy, "AccessControlDirective").orElse("Replaced");
        return switch (directive) {
            case "Copy" -> {
                if (says) {
                    throw CosError.INVALID_REQUEST.because("The AccessControlDirective Copy goes with no other ACL.");
                }
                yield true;
            }
            case "Add" -> true;
            case "Replaced" -> false;
            default -> throw CosError.INVALID_REQUEST.because("AccessControlDirective must be Copy, Replaced or Add.");
        };
    }

    /**
     * An ACL as headers say it.
     *
     * @param acl of an object
     */
    static List<Header> headers(Acl acl) {
        List<Header> headers = new ArrayList<>();
        for (Grant grant : acl.grants()) {
            String id = grant.grantee().id();
            String name = "x-cos-grant-"
                    + grant.permission().name().toLowerCase(Locale.ROOT).replace('_', '-');
            headers.add(new Header(name, (id.startsWith("http") ? "uri" : "id") + "=\"" + id + "\""));
        }
        return headers;
    }
}
