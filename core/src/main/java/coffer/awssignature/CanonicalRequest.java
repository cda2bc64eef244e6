package coffer.awssignature;

import coffer.api.Headers;
import coffer.api.PercentCode;
import coffer.api.Query;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** What signatures of version 4 cover. Source: AWS docs, "Create a signed AWS API request". */
final class CanonicalRequest {
    private static final String SIGNATURE = "X-Amz-Signature";

    private CanonicalRequest() {}

    /**
     * Writes it.
     *
     * @param path decoded
     * @param signedHeaders in lower case, in the order of the signature
     * @param host as the client wrote it
     * @param payload what the client says of the body
     */
    static String of(
            String method,
            String path,
            Query query,
            Headers headers,
            List<String> signedHeaders,
            String host,
            String payload) {
        StringBuilder out = new StringBuilder(512)
                .append(method)
                .append('\n')
                .append(PercentCode.encodeKey(path))
                .append('\n')
                .append(parameters(query))
                .append('\n');
        for (String name : signedHeaders) {
            out.append(name).append(':');
            if (name.equals("host")) {
                out.append(host);
            } else {
                out.append(headers.values(name).stream()
                        .map(CanonicalRequest::collapsed)
                        .collect(Collectors.joining(",")));
            }
            out.append('\n');
        }
        return out.append('\n')
                .append(String.join(";", signedHeaders))
                .append('\n')
                .append(payload)
                .toString();
    }

    private static String parameters(Query query) {
        return query.all().stream()
                .filter(parameter -> !parameter.name().equals(SIGNATURE))
                .map(parameter -> new Query.Parameter(
                        PercentCode.encode(parameter.name()), PercentCode.encode(parameter.value())))
                .sorted(Comparator.comparing(Query.Parameter::name).thenComparing(Query.Parameter::value))
                .map(parameter -> parameter.name() + "=" + parameter.value())
                .collect(Collectors.joining("&"));
    }

    /** Blanks in a row count as one. */
    private static String collapsed(String value) {
        String stripped = value.strip();
        return stripped.contains("  ") ? stripped.replaceAll(" +", " ") : stripped;
    }
}
