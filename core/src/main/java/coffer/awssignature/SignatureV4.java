package coffer.awssignature;

import coffer.address.Address;
import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.HttpRequest;
import coffer.api.Query;
import coffer.identity.AccessKey;
import coffer.identity.ClientTime;
import coffer.identity.SignedParts;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * {@code AWS4-HMAC-SHA256} in the Authorization header or in the query. Source: S3 API reference, "Authenticating
 * Requests (AWS Signature Version 4)".
 *
 * @param accessKeyId names the key
 * @param scope what it holds for
 * @param time when it was made
 * @param lifetime how long it holds; of a header, nothing but the difference of clocks
 * @param signedHeaders in lower case, in their order
 * @param signature 64 hex digits
 * @param payload what the client says of the body: its SHA-256 or one of the words of {@link Payload}
 * @param token of temporary keys
 */
record SignatureV4(
        String accessKeyId,
        Scope scope,
        Instant time,
        Optional<Duration> lifetime,
        List<String> signedHeaders,
        String signature,
        String payload,
        Optional<String> token)
        implements AwsSignature {
    static final String ALGORITHM = "AWS4-HMAC-SHA256";

    private static final String PAYLOAD = "x-amz-content-sha256";
    private static final long MAX_LIFETIME_SECONDS = 7L * 24 * 60 * 60;
    private static final List<String> FIELDS = List.of(
            "X-Amz-Algorithm",
            "X-Amz-Credential",
            "X-Amz-Date",
            "X-Amz-Expires",
            "X-Amz-SignedHeaders",
            "X-Amz-Signature");

    SignatureV4 {
        signedHeaders = List.copyOf(signedHeaders);
    }

    /**
     * Reads an Authorization header.
     *
     * @throws CosException {@code AuthorizationHeaderMalformed}, {@code AccessDenied} without a date,
     *     {@code InvalidRequest} without {@code x-amz-content-sha256}
     */
    static SignatureV4 ofHeader(HttpRequest request, String authorization) {
        String payload = request.headers()
                .nonEmpty(PAYLOAD)
                .orElseThrow(() -> CosError.INVALID_REQUEST.because("The header " + PAYLOAD + " is missing."));
        return ofHeader(request, authorization, payload);
    }

    /**
     * Reads an Authorization header.
     *
     * @param payload what is signed of the body
     * @throws CosException {@code AuthorizationHeaderMalformed}, {@code AccessDenied} without a date
     */
    static SignatureV4 ofHeader(HttpRequest request, String authorization, String payload) {
        Map<String, String> fields = new HashMap<>();
        for (String field : authorization.substring(ALGORITHM.length()).split(",", -1)) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                fields.put(
                        field.substring(0, equals).strip(),
                        field.substring(equals + 1).strip());
            }
        }
        CosError malformed = CosError.AUTHORIZATION_HEADER_MALFORMED;
        for (String name : List.of("Credential", "SignedHeaders", "Signature")) {
            if (text(fields, name).isEmpty()) {
                throw malformed.because("The authorization header lacks " + name + ".");
            }
        }
        Scope.Credential credential = Scope.parse(text(fields, "Credential"), malformed);
        Instant time = request.headers()
                .nonEmpty("x-amz-date")
                .or(() -> request.headers().nonEmpty("Date"))
                .flatMap(AwsTime::ofHeader)
                .orElseThrow(() -> CosError.ACCESS_DENIED.because(
                        "AWS authentication requires a valid Date or x-amz-date header."));
        if (!AwsTime.compact(time).startsWith(credential.scope().date())) {
            throw malformed.because("The date of the Credential is not that of x-amz-date.");
        }
        return new SignatureV4(
                credential.accessKeyId(),
                credential.scope(),
                time,
                Optional.empty(),
                headerList(text(fields, "SignedHeaders")),
                text(fields, "Signature"),
                payload,
                request.headers().nonEmpty(AwsAuthenticator.TOKEN));
    }

    /**
     * Reads the query of a presigned request.
     *
     * @throws CosException {@code AuthorizationQueryParametersError}, {@code AccessDenied} for a lifetime beyond a week
     */
    static SignatureV4 ofQuery(HttpRequest request, Query query) {
        CosError malformed = CosError.AUTHORIZATION_QUERY_PARAMETERS_ERROR;
        for (String name : FIELDS) {
            if (query.nonEmpty(name).isEmpty()) {
                throw malformed.because("A presigned request needs the parameters " + String.join(", ", FIELDS) + "; "
                        + name + " is missing.");
            }
        }
        if (!query.last("X-Amz-Algorithm").equals(Optional.of(ALGORITHM))) {
            throw malformed.because("X-Amz-Algorithm must be " + ALGORITHM + ".");
        }
        Scope.Credential credential = Scope.parse(query.last("X-Amz-Credential").orElseThrow(), malformed);
        Instant time = query.last("X-Amz-Date")
                .flatMap(AwsTime::compact)
                .orElseThrow(() -> malformed.because("X-Amz-Date must be such as 20260203T040506Z."));
        return new SignatureV4(
                credential.accessKeyId(),
                credential.scope(),
                time,
                Optional.of(lifetime(query.last("X-Amz-Expires").orElseThrow())),
                headerList(query.last("X-Amz-SignedHeaders").orElseThrow()),
                query.last("X-Amz-Signature").orElseThrow(),
                query.nonEmpty("X-Amz-Content-Sha256")
                        .or(() -> request.headers().nonEmpty(PAYLOAD))
                        .orElse(Payload.UNSIGNED),
                query.nonEmpty("X-Amz-Security-Token")
                        .or(() -> request.headers().nonEmpty(AwsAuthenticator.TOKEN)));
    }

    @Override
    public void require(AccessKey key, HttpRequest request, Address address, Query query, InstantSource clock) {
        requireTime(ClientTime.now(clock, time, lifetime.isPresent()));
        requireSigned(request);
        String canonical = CanonicalRequest.of(
                request.method(), address.path(), query, request.headers(), signedHeaders, address.host(), payload);
        String stringToSign = stringToSign(canonical);
        if (!isOf(key.secretKey(), stringToSign)) {
            throw CosError.SIGNATURE_DOES_NOT_MATCH
                    .because("The request signature we calculated does not match the signature you provided."
                            + " Check your key and signing method.")
                    .with("AWSAccessKeyId", accessKeyId)
                    .with("StringToSign", stringToSign)
                    .with("SignatureProvided", signature)
                    .with("CanonicalRequest", canonical);
        }
    }

    /** Whether it was made with a key, whatever its time. */
    boolean isMadeWith(String secretKey, HttpRequest request, Address address, Query query) {
        String canonical = CanonicalRequest.of(
                request.method(), address.path(), query, request.headers(), signedHeaders, address.host(), payload);
        return isOf(secretKey, stringToSign(canonical));
    }

    private String stringToSign(String canonical) {
        return ALGORITHM + "\n" + AwsTime.compact(time) + "\n" + scope.text() + "\n" + AwsHmac.digest(canonical);
    }

    private boolean isOf(String secretKey, String stringToSign) {
        return AwsHmac.equal(AwsHmac.sha256Hex(scope.signingKey(secretKey), stringToSign), signature);
    }

    @Override
    public Optional<ChunkSigner> chunks(AccessKey key) {
        return Optional.of(new ChunkSigner(scope.signingKey(key.secretKey()), time, scope, signature));
    }

    @Override
    public SignedParts parts(Query query) {
        if (lifetime.isEmpty()) {
            return new SignedParts(SignedParts.Place.HEADER, cosNames(), parameterNames(query));
        }
        return new SignedParts(SignedParts.Place.URL, cosNames(), parameterNames(query));
    }

    private String cosNames() {
        return signedHeaders.stream()
                .map(name -> name.startsWith("x-amz-") ? "x-cos-" + name.substring("x-amz-".length()) : name)
                .collect(Collectors.joining(";"));
    }

    /** This version signs all of them. */
    private static String parameterNames(Query query) {
        return query.all().stream()
                .map(parameter -> parameter.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(";"));
    }

    private void requireTime(Instant now) {
        if (lifetime.isEmpty()) {
            AwsTime.requireNow(time, now);
            return;
        }
        if (time.isAfter(now.plus(AwsTime.MAX_SKEW))) {
            throw CosError.ACCESS_DENIED.because("Request is not valid yet.").with("ServerTime", now.toString());
        }
        if (time.plus(lifetime.get()).isBefore(now)) {
            throw CosError.ACCESS_DENIED
                    .because("Request has expired.")
                    .with("Expires", time.plus(lifetime.get()).toString())
                    .with("ServerTime", now.toString());
        }
    }

    /** What says how the request is meant must be signed, else somebody could add it on the way. */
    private void requireSigned(HttpRequest request) {
        if (!signedHeaders.contains("host")) {
            throw CosError.ACCESS_DENIED.because("The header Host must be signed.");
        }
        request.headers().all().stream()
                .map(header -> header.name().toLowerCase(Locale.ROOT))
                .filter(name -> name.startsWith("x-amz-") && !name.equals(PAYLOAD) && !signedHeaders.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw CosError.ACCESS_DENIED
                            .because("There were headers present in the request which were not signed.")
                            .with("HeadersNotSigned", name);
                });
    }

    private static Duration lifetime(String text) {
        try {
            long seconds = Long.parseLong(text);
            if (seconds >= 0 && seconds <= MAX_LIFETIME_SECONDS) {
                return Duration.ofSeconds(seconds);
            }
        } catch (NumberFormatException e) {
            // the same error as a number out of range
        }
        throw CosError.ACCESS_DENIED.because(
                "X-Amz-Expires must be a number of seconds from 0 to " + MAX_LIFETIME_SECONDS + ".");
    }

    private static List<String> headerList(String text) {
        return List.of(text.toLowerCase(Locale.ROOT).split(";", -1));
    }

    private static String text(Map<String, String> fields, String name) {
        String value = fields.get(name);
        return value == null ? "" : value;
    }
}
