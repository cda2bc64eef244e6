package coffer.awssignature;

import coffer.address.Address;
import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.HttpRequest;
import coffer.api.Query;
import coffer.api.RequestBody;
import coffer.identity.AccessKey;
import coffer.identity.Caller;
import coffer.identity.Keyring;
import coffer.signature.FailedAttempts;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Verifies what S3 clients sign. Thread-safe. */
public final class AwsAuthenticator {
    static final String TOKEN = "x-amz-security-token";

    private static final String AUTHORIZATION = "Authorization";

    /** What clients say that have not been told a region, all of which mean this server. */
    private static final List<String> ANY_REGION = List.of("us-east-1", "auto", "");

    private final Keyring keys;
    private final FailedAttempts attempts;
    private final InstantSource clock;
    private final List<String> regions;

    /** @param regions the regions served here; signatures for others are refused */
    public AwsAuthenticator(Keyring keys, FailedAttempts attempts, InstantSource clock, List<String> regions) {
        this.keys = keys;
        this.attempts = attempts;
        this.clock = clock;
        this.regions = List.copyOf(regions);
    }

    /**
     * A request that was looked at.
     *
     * @param caller who sent it
     * @param body what it brings, which fails while it is read if it is not what was signed
     */
    public record Authenticated(Caller caller, RequestBody body) {}

    /** Whether a request is signed as S3 clients do. */
    public static boolean isSigned(HttpRequest request, Query query) {
        return request.headers()
                        .first(AUTHORIZATION)
                        .filter(text -> text.startsWith(SignatureV4.ALGORITHM) || text.startsWith(SignatureV2.PREFIX))
                        .isPresent()
                || isSignedInQuery(query);
    }

    private static boolean isSignedInQuery(Query query) {
        return query.has("X-Amz-Algorithm")
                || query.has("X-Amz-Signature")
                || query.has("X-Amz-Credential")
                || query.has(SignatureV2.ACCESS_KEY_ID);
    }

    /**
     * Finds out who sent a request.
     *
     * @return anonymous if it is not signed
     * @throws CosException {@code InvalidAccessKeyId}, {@code SignatureDoesNotMatch} with what the server computed,
     *     {@code RequestTimeTooSkewed}, {@code AccessDenied}, {@code AuthorizationHeaderMalformed},
     *     {@code AuthorizationQueryParametersError}, {@code InvalidArgument}, {@code SlowDown} if too many requests of the
     *     same source failed
     */
    public Authenticated authenticate(HttpRequest request, Address address, Query query) {
        Optional<AwsSignature> found = find(request, query);
        if (found.isEmpty()) {
            String payload = request.headers().nonEmpty("x-amz-content-sha256").orElse(Payload.UNSIGNED);
            return new Authenticated(
                    new Caller.Anonymous(), Payload.read(request.body(), request.headers(), payload, Optional.empty()));
        }
        AwsSignature signature = found.get();
        try {
            return attempts.guard(
                    request.remoteAddress(),
                    signature.accessKeyId(),
                    () -> authenticate(signature, request, address, query));
        } catch (CosException e) {
            throw e.noting("secretId", signature.accessKeyId());
        }
    }

    private Authenticated authenticate(AwsSignature signature, HttpRequest request, Address address, Query query) {
        AccessKey key = keys.find(signature.accessKeyId(), signature.token())
                .orElseThrow(CosError.INVALID_ACCESS_KEY_ID::exception);
        signature.require(key, request, address, query, clock);
        if (signature instanceof SignatureV4 v4) {
            requireScope(v4.scope());
        }
        RequestBody body =
                Payload.read(request.body(), request.headers(), payload(signature, request), signature.chunks(key));
        return new Authenticated(Caller.Signed.with(key, signature.parts(query)), body);
    }

    /** Version 2 does not sign the header, which says all the same how the body is sent. */
    private static String payload(AwsSignature signature, HttpRequest request) {
        return signature instanceof SignatureV2 && Payload.isChunked(request.headers())
                ? request.headers().nonEmpty("x-amz-content-sha256").orElseThrow()
                : signature.payload();
    }

    private static Optional<AwsSignature> find(HttpRequest request, Query query) {
        Optional<String> header = request.headers().nonEmpty(AUTHORIZATION);
        if (header.isPresent() && isSignedInQuery(query)) {
            throw CosError.INVALID_ARGUMENT.because("Only one auth mechanism allowed: a header or the query.");
        }
        if (header.isPresent()) {
            return Optional.of(ofHeader(request, header.get()));
        }
        if (query.has(SignatureV2.ACCESS_KEY_ID)) {
            return Optional.of(SignatureV2.ofQuery(request, query));
        }
        return isSignedInQuery(query) ? Optional.of(SignatureV4.ofQuery(request, query)) : Optional.empty();
    }

    private static AwsSignature ofHeader(HttpRequest request, String authorization) {
        if (authorization.startsWith(SignatureV4.ALGORITHM)) {
            return SignatureV4.ofHeader(request, authorization);
        }
        if (authorization.startsWith(SignatureV2.PREFIX)) {
            return SignatureV2.ofHeader(request, authorization);
        }
        throw CosError.ACCESS_DENIED.because("The Authorization header is of no form that is known here.");
    }

    private void requireScope(Scope scope) {
        if (!scope.service().equals("s3")) {
            throw CosError.AUTHORIZATION_HEADER_MALFORMED.because(
                    "The request is signed for the service " + scope.service() + ", not for s3.");
        }
        if (!ANY_REGION.contains(scope.region()) && !regions.contains(scope.region())) {
            throw CosError.AUTHORIZATION_HEADER_MALFORMED
                    .because("The region '" + scope.region() + "' is wrong; expecting '" + regions.getFirst() + "'.")
                    .with("Region", regions.getFirst());
        }
    }
}
