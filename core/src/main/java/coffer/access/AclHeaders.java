package coffer.access;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Headers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The ACL that a request brings in its headers: {@code x-cos-acl} names one, {@code x-cos-grant-*} list grantees, and
 * both add up. Source: COS API reference, "PUT Bucket acl", "PUT Object acl".
 *
 * <p>A list is {@code id="...", uin="...", uri="..."}, with or without quotes and blanks; the Java SDK says
 * {@code uin}, the others {@code id}. Empty headers count as absent.
 */
public final class AclHeaders {
    static final String CANNED = "x-cos-acl";
    private static final Map<String, Permission> GRANTS = grantHeaders();

    private AclHeaders() {}

    /** Whether a request brings an ACL in its headers, in which case a document in its body is ignored. */
    public static boolean areIn(Headers headers) {
        return headers.nonEmpty(CANNED).isPresent()
                || GRANTS.keySet().stream()
                        .anyMatch(name -> headers.nonEmpty(name).isPresent());
    }

    /**
     * The ACL for a bucket; {@link Acl#PRIVATE} if the headers say none.
     *
     * @throws CosException {@code InvalidArgument}, {@code AttachmentFull}
     */
    public static Acl ofBucket(Headers headers) {
        List<Grant> grants = new ArrayList<>();
        headers.nonEmpty(CANNED)
                .ifPresent(name -> grants.addAll(CannedAcl.ofBucket(name).grants("")));
        grants.addAll(granted(headers));
        return new Acl(grants);
    }

    /**
     * The ACL for an object; empty if it shall have none of its own, because the headers say {@code default} or nothing.
     * {@code x-cos-grant-write} means nothing for objects and is ignored, as SDKs can send it.
     *
     * @throws CosException {@code InvalidArgument}, {@code AttachmentFull}
     */
    public static Optional<Acl> ofObject(Headers headers, String bucketOwnerUin) {
        Optional<CannedAcl> canned = headers.nonEmpty(CANNED).map(CannedAcl::ofObject);
        List<Grant> grants = new ArrayList<>();
        canned.ifPresent(acl -> grants.addAll(acl.grants(bucketOwnerUin)));
        granted(headers).stream()
                .filter(grant -> grant.permission() != Permission.WRITE)
                .forEach(grants::add);
        boolean inherits = grants.isEmpty() && canned.orElse(CannedAcl.DEFAULT) == CannedAcl.DEFAULT;
        return inherits ? Optional.empty() : Optional.of(new Acl(grants));
    }

    /** Whether somebody is named by an e-mail address, which COS does not know. */
    static boolean areByMail(Headers headers) {
        return GRANTS.keySet().stream()
                .flatMap(name -> headers.values(name).stream())
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .anyMatch(item -> item.strip().startsWith("emailAddress="));
    }

    static List<Grant> granted(Headers headers) {
        List<Grant> grants = new ArrayList<>();
        GRANTS.forEach((name, permission) -> {
            for (String value : headers.values(name)) {
                for (String item : value.split(",", -1)) {
                    if (!value.isEmpty()) {
                        grants.add(new Grant(grantee(name, item.strip()), permission));
                    }
                }
            }
        });
        return grants;
    }

    private static Grantee grantee(String header, String item) {
        int equals = item.indexOf('=');
        String kind = item.substring(0, Math.max(equals, 0)).strip();
        String value = unquoted(item.substring(equals + 1).strip());
        Optional<Grantee> grantee = switch (kind) {
            case "id", "uin" -> Grantee.ofId(value);
            case "uri" -> Grantee.ofUri(value);
            default -> Optional.empty();
        };
        return grantee.orElseThrow(() -> CosError.INVALID_ARGUMENT.because(header
                + " lists grantees as id=\"<UIN>\", id=\"<UIN>/<UIN of a user>\" or uri=\"<group>\"; " + item
                + " is none of these."));
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    private static Map<String, Permission> grantHeaders() {
        Map<String, Permission> headers = new LinkedHashMap<>();
        headers.put("x-cos-grant-read", Permission.READ);
        headers.put("x-cos-grant-write", Permission.WRITE);
        headers.put("x-cos-grant-read-acp", Permission.READ_ACP);
        headers.put("x-cos-grant-write-acp", Permission.WRITE_ACP);
        headers.put("x-cos-grant-full-control", Permission.FULL_CONTROL);
        return headers;
    }
}
