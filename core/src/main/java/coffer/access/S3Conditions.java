package coffer.access;

import coffer.address.CopySource;
import coffer.api.CosException;
import coffer.api.Headers;
import coffer.api.Query;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The values that a request carries for the {@code s3:*} keys of AWS policies, whichever dialect it was made in. Source:
 * S3 docs, "Actions, resources, and condition keys for Amazon S3".
 *
 * <table>
 * <caption>Keys</caption>
 * <tr><td>{@code s3:prefix}, {@code s3:delimiter}, {@code s3:max-keys}, {@code s3:versionid}</td>
 *     <td>the query parameter, decoded</td></tr>
 * <tr><td>{@code s3:x-amz-*}, {@code s3:object-lock-*}</td><td>the header</td></tr>
 * <tr><td>{@code s3:x-amz-copy-source}</td>
 *     <td>{@code <bucket>/<key>}, decoded, with the full name of the bucket and with the short one</td></tr>
 * <tr><td>{@code s3:requestobjecttag/<key>}, {@code s3:requestobjecttagkeys}</td><td>tags it wants to set</td></tr>
 * <tr><td>{@code s3:signatureversion}</td><td>{@code AWS4-HMAC-SHA256} or {@code AWS}</td></tr>
 * <tr><td>{@code s3:authtype}</td><td>{@code REST-HEADER} or {@code REST-QUERY-STRING}</td></tr>
 * </table>
 */
final class S3Conditions {
    private static final String AMZ = "s3:x-amz-";
    private static final String REQUEST_TAG = "s3:requestobjecttag/";
    private static final String GRANT = "grant-";
    private static final String KMS_KEY = "server-side-encryption-aws-kms-key-id";
    private static final Pattern APP_ID = Pattern.compile("-[0-9]{1,20}$");

    private S3Conditions() {}

    static Optional<List<String>> of(String key, RequestConditions request) {
        Query query = request.query();
        if (key.startsWith(AMZ)) {
            return header(key.substring(AMZ.length()), request.headers());
        }
        if (key.startsWith(REQUEST_TAG)) {
            return Optional.ofNullable(request.requestTags().get().get(key.substring(REQUEST_TAG.length())))
                    .map(List::of);
        }
        return switch (key) {
            case "s3:prefix" -> query.last("prefix").map(List::of);
            case "s3:delimiter" -> query.last("delimiter").map(List::of);
            case "s3:max-keys" -> query.last("max-keys").map(List::of);
            case "s3:versionid" -> query.nonEmpty("versionId").map(List::of);
            case "s3:object-lock-mode", "s3:object-lock-retain-until-date", "s3:object-lock-legal-hold" ->
                header(key.substring("s3:".length()), request.headers());
            case "s3:requestobjecttagkeys" -> keys(request.requestTags().get());
            case "s3:signatureversion" -> signature(request).map(List::of);
            case "s3:authtype" ->
                signature(request)
                        .map(version -> List.of(
                                request.headers().first("Authorization").isPresent()
                                        ? "REST-HEADER"
                                        : "REST-QUERY-STRING"));
            default -> Optional.empty();
        };
    }

    private static Optional<List<String>> header(String suffix, Headers headers) {
        if (suffix.startsWith(GRANT)) {
            List<String> values = headers.values("x-cos-" + suffix).stream()
                    .filter(value -> !value.isEmpty())
                    .toList();
            return values.isEmpty() ? Optional.empty() : Optional.of(values);
        }
        String name = suffix.equals(KMS_KEY) ? "server-side-encryption-cos-kms-key-id" : suffix;
        return headers.nonEmpty("x-cos-" + name).map(value -> switch (suffix) {
            case "server-side-encryption" -> List.of(value.equals("cos/kms") ? "aws:kms" : value);
            case "storage-class" -> storageClass(value);
            case "copy-source" -> copySource(value);
            default -> List.of(value);
        });
    }

    /** The class as it is here, and what S3 calls those it calls otherwise. */
    private static List<String> storageClass(String value) {
        return switch (value) {
            case "COLD" -> List.of(value, "GLACIER_IR");
            case "ARCHIVE" -> List.of(value, "GLACIER");
            default -> List.of(value);
        };
    }

    private static List<String> copySource(String value) {
        try {
            CopySource source = CopySource.parse(value);
            String shortName = APP_ID.matcher(source.bucket()).replaceFirst("");
            return List.of(source.bucket() + "/" + source.key(), shortName + "/" + source.key());
        } catch (CosException e) {
            return List.of(value);
        }
    }

    private static Optional<List<String>> keys(Map<String, String> tags) {
        return tags.isEmpty() ? Optional.empty() : Optional.of(List.copyOf(tags.keySet()));
    }

    private static Optional<String> signature(RequestConditions request) {
        Optional<String> authorization = request.headers().first("Authorization");
        boolean isV4 = authorization.filter(text -> text.startsWith("AWS4-")).isPresent()
                || request.query().has("X-Amz-Algorithm");
        boolean isV2 = authorization.filter(text -> text.startsWith("AWS ")).isPresent()
                || request.query().has("AWSAccessKeyId");
        return isV4 ? Optional.of("AWS4-HMAC-SHA256") : isV2 ? Optional.of("AWS") : Optional.empty();
    }
}
