package coffer.awssignature;

import static java.nio.charset.StandardCharsets.UTF_8;

import coffer.address.Address;
import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Headers;
import coffer.api.HttpRequest;
import coffer.api.PercentCode;
import coffer.api.Query;
import coffer.identity.AccessKey;
import coffer.identity.ClientTime;
import coffer.identity.SignedParts;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * {@code AWS <key>:<signature>} in the Authorization header, or {@code AWSAccessKeyId}, {@code Expires} and
 * {@code Signature} in the query. Source: S3 docs, "Authenticating Requests Using the REST API" (version 2).
 *
 * @param accessKeyId names the key
 * @param signature base64 of 20 bytes
 * @param expires of a request that is signed in its query, seconds since 1970 as they were written
 * @param token of temporary keys
 */
record SignatureV2(String accessKeyId, String signature, Optional<String> expires, Optional<String> token)
        implements AwsSignature {
    static final String PREFIX = "AWS ";
    static final String ACCESS_KEY_ID = "AWSAccessKeyId";

    /** Parameters that select what is asked for, which alone are signed. */
    private static final Set<String> SIGNED_PARAMETERS = Set.of(
            "accelerate",
            "acl",
            "append",
            "attributes",
            "cors",
            "delete",
            "encryption",
            "inventory",
            "legal-hold",
            "lifecycle",
            "location",
            "logging",
            "notification",
            "object-lock",
            "ownershipControls",
            "partNumber",
            "policy",
            "policyStatus",
            "position",
            "publicAccessBlock",
            "replication",
            "requestPayment",
            "response-cache-control",
            "response-content-disposition",
            "response-content-encoding",
            "response-content-language",
            "response-content-type",
            "response-expires",
            "restore",
            "retention",
            "select",
            "select-type",
            "tagging",
            "torrent",
            "uploadId",
            "uploads",
            "versionId",
            "versioning",
            "versions",
            "website");

    /**
     * Reads an Authorization header.
     *
     * @throws CosException {@code InvalidArgument}
     */
    static SignatureV2 ofHeader(HttpRequest request, String authorization) {
        String text = authorization.substring(PREFIX.length()).strip();
        int colon = text.lastIndexOf(':');
        if (colon <= 0) {
            throw CosError.INVALID_ARGUMENT.because(
                    "The Authorization header must be AWS <access key id>:<signature>.");
        }
        return new SignatureV2(
                text.substring(0, colon),
                text.substring(colon + 1),
                Optional.empty(),
                request.headers().nonEmpty(AwsAuthenticator.TOKEN));
    }

    /**
     * Reads the query of a presigned request.
     *
     * @throws CosException {@code AccessDenied}
     */
    static SignatureV2 ofQuery(HttpRequest request, Query query) {
        Optional<String> signature = query.nonEmpty("Signature");
        Optional<String> expires = query.nonEmpty("Expires");
        if (signature.isEmpty() || expires.isEmpty()) {
            throw CosError.ACCESS_DENIED.because(
                    "Query-string authentication requires the Signature, Expires and AWSAccessKeyId parameters.");
        }
        return new SignatureV2(
                query.last(ACCESS_KEY_ID).orElse(""),
                signature.get(),
                expires,
                query.nonEmpty(AwsAuthenticator.TOKEN)
                        .or(() -> request.headers().nonEmpty(AwsAuthenticator.TOKEN)));
    }

    @Override
    public String payload() {
        return Payload.UNSIGNED;
    }

    @Override
    public void require(AccessKey key, HttpRequest request, Address address, Query query, InstantSource clock) {
        requireTime(request, clock);
        String stringToSign = stringToSign(request, address, query, "");
        // Of a bucket, some clients sign the path with a slash behind and send it without.
        boolean maySlash = address.key().isEmpty() && !rawPath(request, address).endsWith("/");
        if (!isOf(key, stringToSign) && !(maySlash && isOf(key, stringToSign(request, address, query, "/")))) {
            throw CosError.SIGNATURE_DOES_NOT_MATCH
                    .because("The request signature we calculated does not match the signature you provided."
                            + " Check your key and signing method.")
                    .with("AWSAccessKeyId", accessKeyId)
                    .with("StringToSign", stringToSign)
                    .with("SignatureProvided", signature);
        }
    }

    private boolean isOf(AccessKey key, String stringToSign) {
        byte[] expected = AwsHmac.sha1(key.secretKey().getBytes(UTF_8), stringToSign);
        return AwsHmac.equal(Base64.getEncoder().encodeToString(expected), signature);
    }

    @Override
    public Optional<ChunkSigner> chunks(AccessKey key) {
        return Optional.empty();
    }

    @Override
    public SignedParts parts(Query query) {
        String parameters = query.all().stream()
                .map(Query.Parameter::name)
                .filter(SIGNED_PARAMETERS::contains)
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(";"));
        return new SignedParts(
                expires.isPresent() ? SignedParts.Place.URL : SignedParts.Place.HEADER,
                "content-md5;content-type;date",
                parameters);
    }

    private void requireTime(HttpRequest request, InstantSource clock) {
        if (expires.isPresent()) {
            // It does not tell when it was signed.
            Instant now = ClientTime.now(clock, Instant.EPOCH, false);
            if (expiry(expires.get()).isBefore(now)) {
                throw CosError.ACCESS_DENIED
                        .because("Request has expired.")
                        .with("Expires", expires.get())
                        .with("ServerTime", now.toString());
            }
            return;
        }
        Instant signed = request.headers()
                .first("x-amz-date")
                .or(() -> request.headers().first("Date"))
                .flatMap(AwsTime::ofHeader)
                .orElseThrow(() -> CosError.ACCESS_DENIED.because(
                        "AWS authentication requires a valid Date or x-amz-date header."));
        AwsTime.requireNow(signed, ClientTime.now(clock, signed, false));
    }

    private static Instant expiry(String text) {
        try {
            return Instant.ofEpochSecond(Math.min(Long.parseLong(text), Instant.MAX.getEpochSecond()));
        } catch (NumberFormatException e) {
            throw CosError.ACCESS_DENIED.because("Expires must be seconds since 1970.");
        }
    }

    private String stringToSign(HttpRequest request, Address address, Query query, String behindPath) {
        Headers headers = request.headers();
        String date = headers.nonEmpty("x-amz-date").isPresent()
                ? ""
                : headers.first("Date").orElse("");
        return request.method() + "\n"
                + headers.first("Content-MD5").orElse("") + "\n"
                + headers.first("Content-Type").orElse("") + "\n"
                + expires.orElse(date) + "\n"
                + amzHeaders(headers)
                + resource(request, address, query, behindPath);
    }

    private static String amzHeaders(Headers headers) {
        Map<String, String> found = new TreeMap<>();
        for (Headers.Header header : headers.all()) {
            String name = header.name().toLowerCase(Locale.ROOT);
            if (name.startsWith("x-amz-")) {
                found.merge(name, header.value().strip(), (first, next) -> first + "," + next);
            }
        }
        return found.entrySet().stream()
                .map(header -> header.getKey() + ":" + header.getValue() + "\n")
                .collect(Collectors.joining());
    }

    private static String resource(HttpRequest request, Address address, Query query, String behindPath) {
        boolean inHost = address.bucket().isPresent() && address.path().equals("/" + address.key());
        String bucket = inHost ? "/" + address.bucket().get() : "";
        String parameters = query.all().stream()
                .filter(parameter -> SIGNED_PARAMETERS.contains(parameter.name()))
                .map(parameter ->
                        parameter.value().isEmpty() ? parameter.name() : parameter.name() + "=" + parameter.value())
                .sorted()
                .collect(Collectors.joining("&"));
        return bucket + rawPath(request, address) + behindPath + (parameters.isEmpty() ? "" : "?" + parameters);
    }

    /** As it was sent, which is what this version signs. */
    private static String rawPath(HttpRequest request, Address address) {
        String target = request.target();
        if (!target.startsWith("/")) {
            return PercentCode.encodeKey(address.path());
        }
        int mark = target.indexOf('?');
        return mark < 0 ? target : target.substring(0, mark);
    }
}
