package coffer.signature;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.HttpRequest;
import coffer.api.PercentCode;
import coffer.api.Query;
import coffer.identity.SignedParts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The credential text of COS, {@code q-sign-algorithm=sha1&q-ak=...&q-signature=...}, wherever a request carries it.
 * Source: COS docs, "Request Signature".
 *
 * @param secretId names the key
 * @param signTime when the signature holds
 * @param keyTime when the signing key holds
 * @param place where the request has it
 * @param headerList signed headers, encoded and in lower case, as they were sent
 * @param parameterList signed parameters likewise
 * @param signature 40 hex digits
 */
record Credential(
        String secretId,
        TimeSpan signTime,
        TimeSpan keyTime,
        SignedParts.Place place,
        String headerList,
        String parameterList,
        String signature) {
    private static final String ALGORITHM = "q-sign-algorithm";
    private static final List<String> FIELDS =
            List.of(ALGORITHM, "q-ak", "q-sign-time", "q-key-time", "q-header-list", "q-url-param-list", "q-signature");

    /**
     * Finds the credential of a request: in the Authorization header, in single parameters, or whole in {@code sign}.
     *
     * @return empty for an anonymous request
     * @throws CosException {@code InvalidArgument} if there are several, {@code AccessDenied} if one is incomplete,
     *     {@code NotImplemented} if it is of the S3 dialect
     */
    static Optional<Credential> find(HttpRequest request, Query query) {
        Optional<String> header = request.headers().nonEmpty("Authorization");
        boolean inQuery = query.has(ALGORITHM);
        boolean merged =
                query.nonEmpty("sign").filter(text -> text.contains("q-ak")).isPresent();
        if ((header.isPresent() ? 1 : 0) + (inQuery ? 1 : 0) + (merged ? 1 : 0) > 1) {
            throw CosError.INVALID_ARGUMENT.because("The request is signed more than once.");
        }
        if (header.isPresent()) {
            return Optional.of(parse(header.get(), SignedParts.Place.HEADER));
        }
        if (inQuery) {
            return Optional.of(ofParameters(query));
        }
        if (merged) {
            return Optional.of(parse(query.last("sign").orElseThrow(), SignedParts.Place.URL));
        }
        if (query.has("X-Amz-Algorithm") || query.has("AWSAccessKeyId")) {
            throw otherDialect();
        }
        return Optional.empty();
    }

    /** Whether a parameter belongs to a signature in the query. */
    static boolean isField(String parameter) {
        return FIELDS.contains(parameter);
    }

    /** What of the request is signed. */
    SignedParts parts() {
        return new SignedParts(place, headerList, parameterList);
    }

    private static CosException otherDialect() {
        return CosError.NOT_IMPLEMENTED.because("S3 signatures are not available on this server yet.");
    }

    private static Credential parse(String header, SignedParts.Place place) {
        if (header.startsWith("AWS")) {
            throw otherDialect();
        }
        // Some tools send the whole text percent-encoded once more.
        String text = header.indexOf(';') < 0 && header.contains("%3") ? PercentCode.decodePath(header) : header;
        Map<String, String> fields = new HashMap<>();
        for (String pair : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0 && fields.put(pair.substring(0, equals), pair.substring(equals + 1)) != null) {
                throw CosError.ACCESS_DENIED.because("The signature has a field twice.");
            }
        }
        return of(fields, place);
    }

    private static Credential ofParameters(Query query) {
        Map<String, String> fields = new HashMap<>();
        for (Query.Parameter parameter : query.all()) {
            if (FIELDS.contains(parameter.name()) && fields.put(parameter.name(), parameter.value()) != null) {
                throw CosError.ACCESS_DENIED.because("The signature has a field twice.");
            }
        }
        return of(fields, SignedParts.Place.URL);
    }

    private static Credential of(Map<String, String> fields, SignedParts.Place place) {
        List<String> missing = new ArrayList<>(FIELDS);
        missing.removeAll(fields.keySet());
        if (!missing.isEmpty()) {
            throw CosError.ACCESS_DENIED.because("The signature lacks " + String.join(", ", missing) + ".");
        }
        if (!"sha1".equals(fields.get(ALGORITHM))) {
            throw CosError.INVALID_ARGUMENT.because("q-sign-algorithm must be sha1.");
        }
        return new Credential(
                field(fields, "q-ak"),
                TimeSpan.parse(field(fields, "q-sign-time")),
                TimeSpan.parse(field(fields, "q-key-time")),
                place,
                field(fields, "q-header-list"),
                field(fields, "q-url-param-list"),
                field(fields, "q-signature"));
    }

    private static String field(Map<String, String> fields, String name) {
        String value = fields.get(name);
        return value == null ? "" : value;
    }
}
