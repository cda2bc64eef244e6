package coffer.access;

import coffer.api.Headers;
import coffer.api.PercentCode;
import coffer.api.Query;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The values that a request carries for the conditions of policies. Source: COS docs, "Condition Keys".
 *
 * <table>
 * <caption>Keys</caption>
 * <tr><td>{@code qcs:ip}</td><td>address of the peer</td></tr>
 * <tr><td>{@code qcs:current_time}</td><td>when the request came, for {@code date_*}</td></tr>
 * <tr><td>{@code qcs:vpc}, {@code vpc:requester_vpc}</td><td>absent: there are no VPCs here</td></tr>
 * <tr><td>{@code qcs:request_tag}, {@code qcs:resource_tag}</td><td>{@code key&value} of each tag</td></tr>
 * <tr><td>{@code cos:secure-transport}</td><td>{@code true} or {@code false}</td></tr>
 * <tr><td>{@code cos:tls-version}</td><td>for instance {@code 1.2}; absent without TLS</td></tr>
 * <tr><td>{@code cos:x-cos-*}, {@code cos:content-*}, {@code cos:referer}, {@code cos:user-agent}</td>
 *     <td>the header, as it is</td></tr>
 * <tr><td>{@code cos:prefix} and any other {@code cos:*}</td>
 *     <td>the query parameter, <b>URL-encoded</b>: {@code a%2Fb}, never {@code a/b}. An empty {@code versionId} counts
 *     as absent</td></tr>
 * <tr><td>{@code s3:*}</td><td>of AWS policies, see {@link S3Conditions}</td></tr>
 * </table>
 *
 * <p>Of a header or parameter that stands twice, the value that operations act upon counts; of grants they act upon all.
 *
 * @param headers for a form upload, its fields by the names of the headers they stand for
 * @param now when the request came
 * @param requestTags tags the request wants to set; asked when a condition needs them
 * @param resourceTags tags of the bucket; asked when a condition needs them
 */
public record RequestConditions(
        Headers headers,
        Query query,
        Peer peer,
        Instant now,
        Supplier<Map<String, String>> requestTags,
        Supplier<Map<String, String>> resourceTags)
        implements ConditionValues {
    private static final String COS = "cos:";
    private static final String S3 = "s3:";
    private static final String GRANT = "x-cos-grant-";

    /**
     * The other end of the connection.
     *
     * @param address IP address in text
     * @param secure whether it speaks TLS
     * @param tlsVersion for instance {@code 1.3}; empty if unknown or without TLS
     */
    public record Peer(String address, boolean secure, Optional<String> tlsVersion) {}

    @Override
    public Optional<List<String>> of(String key) {
        return switch (key) {
            case "qcs:ip" -> one(peer.address);
            case "qcs:current_time" -> one(now.truncatedTo(ChronoUnit.SECONDS).toString());
            case "qcs:request_tag" -> tags(requestTags.get());
            case "qcs:resource_tag" -> tags(resourceTags.get());
            case "cos:secure-transport" -> one(Boolean.toString(peer.secure));
            case "cos:tls-version" -> peer.tlsVersion.map(List::of);
            case "aws:epochtime" -> one(Long.toString(now.getEpochSecond()));
            case "aws:principalisawsservice", "aws:viaawsservice" -> one("false");
            default -> key.startsWith(S3) ? S3Conditions.of(key, this) : cos(key);
        };
    }

    private Optional<List<String>> cos(String key) {
        return key.startsWith(COS) ? named(key.substring(COS.length())) : Optional.empty();
    }

    private Optional<List<String>> named(String name) {
        boolean isHeader = name.startsWith("x-cos-")
                || name.startsWith("content-")
                || name.equals("referer")
                || name.equals("user-agent");
        if (isHeader) {
            return name.startsWith(GRANT) ? all(name) : headers.nonEmpty(name).map(List::of);
        }
        return parameter(name).map(value -> List.of(PercentCode.encode(value)));
    }

    /** Of grants, which operations act upon all of. */
    private Optional<List<String>> all(String name) {
        List<String> values =
                headers.values(name).stream().filter(value -> !value.isEmpty()).toList();
        return values.isEmpty() ? Optional.empty() : Optional.of(values);
    }

    /** Keys have no capitals, some parameters do. */
    private Optional<String> parameter(String name) {
        return switch (name) {
            case "versionid" -> query.nonEmpty("versionId");
            case "uploadid" -> query.last("uploadId");
            case "partnumber" -> query.last("partNumber");
            default -> query.last(name);
        };
    }

    private static Optional<List<String>> one(String value) {
        return Optional.of(List.of(value));
    }

    private static Optional<List<String>> tags(Map<String, String> tags) {
        return tags.isEmpty()
                ? Optional.empty()
                : Optional.of(tags.entrySet().stream()
                        .map(tag -> tag.getKey() + "&" + tag.getValue())
                        .toList());
    }
}
