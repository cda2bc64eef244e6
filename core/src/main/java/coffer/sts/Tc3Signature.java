package coffer.sts;

import static java.nio.charset.StandardCharsets.UTF_8;

import coffer.address.AddressParser;
import coffer.api.Headers;
import coffer.api.HttpRequest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code TC3-HMAC-SHA256} in the Authorization header. Source: Cloud API 3.0 docs, "Signature v3"; what the SDKs sign,
 * read in their sources.
 */
record Tc3Signature(
        String secretId, Optional<String> token, long timestamp, String scope, String signature, Signed signed)
        implements ApiSignature {
    private static final String ALGORITHM = "TC3-HMAC-SHA256";
    private static final String SCOPE_END = "/sts/tc3_request";
    private static final String HMAC = "HmacSHA256";
    private static final String UNSIGNED_PAYLOAD = "UNSIGNED-PAYLOAD";
    private static final List<String> ALWAYS_SIGNED = List.of("content-type", "host");

    /** What of a request it covers. */
    record Signed(HttpRequest request, byte[] body, Target target, String headerList) {}

    /**
     * Reads an Authorization header.
     *
     * @throws StsException {@code AuthFailure.InvalidAuthorization}, {@code MissingParameter}
     */
    static Tc3Signature parse(String authorization, HttpRequest request, byte[] body, Target target) {
        if (!authorization.startsWith(ALGORITHM + " ")) {
            throw StsError.INVALID_AUTHORIZATION.exception();
        }
        Map<String, String> fields = fields(authorization.substring(ALGORITHM.length() + 1));
        String credential = field(fields, "Credential");
        int slash = credential.indexOf('/');
        String headerList = field(fields, "SignedHeaders").toLowerCase(Locale.ROOT);
        Headers headers = request.headers();
        Tc3Signature found = new Tc3Signature(
                slash < 0 ? "" : credential.substring(0, slash),
                headers.nonEmpty("X-TC-Token"),
                timestamp(headers),
                slash < 0 ? "" : credential.substring(slash + 1),
                field(fields, "Signature"),
                new Signed(request, body, target, headerList));
        if (!found.scope.equals(found.date() + SCOPE_END)) {
            throw StsError.INVALID_AUTHORIZATION.because(
                    "Credential must be <SecretId>/<date of X-TC-Timestamp in UTC>" + SCOPE_END + ".");
        }
        if (!Arrays.asList(headerList.split(";", -1)).containsAll(ALWAYS_SIGNED)) {
            throw StsError.INVALID_AUTHORIZATION.because("SignedHeaders must hold content-type and host.");
        }
        return found;
    }

    private static Map<String, String> fields(String text) {
        Map<String, String> fields = new HashMap<>();
        for (String pair : text.split(",", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? "" : pair.substring(0, equals).strip();
            if (name.isEmpty() || fields.put(name, pair.substring(equals + 1).strip()) != null) {
                throw StsError.INVALID_AUTHORIZATION.exception();
            }
        }
        return fields;
    }

    private static String field(Map<String, String> fields, String name) {
        return Optional.ofNullable(fields.get(name))
                .orElseThrow(
                        () -> StsError.INVALID_AUTHORIZATION.because("The Authorization header lacks " + name + "."));
    }

    private static long timestamp(Headers headers) {
        String text = headers.nonEmpty("X-TC-Timestamp").orElseThrow(() -> StsError.missing("Timestamp"));
        try {
            return Math.clamp(Long.parseLong(text), 0, Instant.MAX.getEpochSecond() / 1000);
        } catch (NumberFormatException e) {
            throw StsError.INVALID_PARAMETER_VALUE.because("X-TC-Timestamp must be Unix seconds.");
        }
    }

    private String date() {
        return Instant.ofEpochSecond(timestamp)
                .atOffset(ZoneOffset.UTC)
                .toLocalDate()
                .toString();
    }

    @Override
    public boolean isMadeWith(String secretKey) {
        byte[] key = CloudHmac.of(HMAC, ("TC3" + secretKey).getBytes(UTF_8), date());
        byte[] signingKey = CloudHmac.of(HMAC, CloudHmac.of(HMAC, key, "sts"), "tc3_request");
        Set<String> tried = new LinkedHashSet<>();
        for (String host : signed.target.hosts()) {
            for (String path : signed.target.paths()) {
                for (String payload : payloads()) {
                    tried.add(canonicalRequest(host, path, payload, false));
                    tried.add(canonicalRequest(host, path, payload, true));
                }
            }
        }
        for (String canonical : tried) {
            String text =
                    ALGORITHM + "\n" + timestamp + "\n" + scope + "\n" + CloudHmac.digest(canonical.getBytes(UTF_8));
            if (CloudHmac.equal(HexFormat.of().formatHex(CloudHmac.of(HMAC, signingKey, text)), signature)) {
                return true;
            }
        }
        return false;
    }

    /** A client that says so leaves its body out. */
    private List<String> payloads() {
        byte[] body = signed.request.method().equals("GET") ? new byte[0] : signed.body;
        return signed.request
                        .headers()
                        .first("X-TC-Content-SHA256")
                        .filter(UNSIGNED_PAYLOAD::equals)
                        .isPresent()
                ? List.of(CloudHmac.digest(UNSIGNED_PAYLOAD.getBytes(UTF_8)))
                : List.of(CloudHmac.digest(body));
    }

    /** The docs have values in lower case, some SDKs sign them as they are. */
    private String canonicalRequest(String host, String path, String payload, boolean inLowerCase) {
        StringBuilder headers = new StringBuilder();
        for (String name : signed.headerList.split(";", -1)) {
            String value = name.equals("host")
                    ? host
                    : signed.request.headers().first(name).orElse("").strip();
            headers.append(name)
                    .append(':')
                    .append(inLowerCase ? value.toLowerCase(Locale.ROOT) : value)
                    .append('\n');
        }
        String query = signed.request.method().equals("GET") ? AddressParser.rawQuery(signed.request) : "";
        return signed.request.method() + "\n" + path + "\n" + query + "\n" + headers + "\n" + signed.headerList + "\n"
                + payload;
    }

    @Override
    public String toString() {
        return ALGORITHM + " of " + secretId;
    }
}
