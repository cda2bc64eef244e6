package coffer.signature;

import coffer.address.Address;
import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.HttpRequest;
import coffer.api.Query;
import coffer.identity.AccessKey;
import coffer.identity.Caller;
import coffer.identity.ClientTime;
import coffer.identity.Keyring;
import coffer.identity.SignedParts;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Verifies COS signatures in the Authorization header and in the query. Thread-safe. Source: COS docs, "Request
 * Signature"; what the SDKs sign, read in their sources.
 */
public final class CosAuthenticator {
    private static final String FINDING = "finding";
    private static final String TOKEN = "x-cos-security-token";

    private final Keyring keys;
    private final FailedAttempts attempts;
    private final InstantSource clock;

    public CosAuthenticator(Keyring keys, FailedAttempts attempts, InstantSource clock) {
        this.keys = keys;
        this.attempts = attempts;
        this.clock = clock;
    }

    /**
     * Finds out who sent a request.
     *
     * @return anonymous if it is not signed
     * @throws CosException {@code InvalidAccessKeyId}, {@code SignatureDoesNotMatch} with what the server computed,
     *     {@code RequestTimeTooSkewed}, {@code AccessDenied}, {@code InvalidArgument}, {@code SlowDown} if too many
     *     requests of the same source failed
     */
    public Caller authenticate(HttpRequest request, Address address, Query query) {
        Optional<Credential> found = Credential.find(request, query);
        if (found.isEmpty()) {
            return new Caller.Anonymous();
        }
        Credential credential = found.get();
        return attempts.guard(
                request.remoteAddress(),
                credential.secretId(),
                () -> authenticate(credential, request, address, query));
    }

    private Caller authenticate(Credential credential, HttpRequest request, Address address, Query query) {
        try {
            AccessKey key = keys.find(credential.secretId(), token(request, query))
                    .orElseThrow(CosError.INVALID_ACCESS_KEY_ID::exception);
            Instant now =
                    ClientTime.now(clock, credential.signTime().start(), credential.place() == SignedParts.Place.URL);
            credential.keyTime().requireNow(now);
            credential.signTime().requireNow(now);
            verify(credential, key, request, address, query);
            return Caller.Signed.with(key, credential.parts());
        } catch (CosException e) {
            throw e.noting("secretId", credential.secretId());
        }
    }

    /** Beside a signature in the header it stands in a header, else it is a parameter. */
    private static Optional<String> token(HttpRequest request, Query query) {
        return request.headers().nonEmpty(TOKEN).or(() -> query.nonEmpty(TOKEN));
    }

    private static void verify(
            Credential credential, AccessKey key, HttpRequest request, Address address, Query query) {
        String signKey = Hmac.sha1(key.secretKey(), credential.keyTime().text());
        String list = credential.parameterList();
        Optional<String> parameters = SignedPairs.ofParameters(list, query);
        if (parameters.isEmpty()) {
            throw CosError.SIGNATURE_DOES_NOT_MATCH
                    .because("The signature lists a parameter that is not in the request: " + list)
                    .noting(FINDING, "A parameter of the list did not arrive; the list is " + list + ".");
        }
        Optional<String> asSent = SignedPairs.ofHeaders(credential.headerList(), request.headers(), address.host());
        if (asSent.isPresent()
                && matches(credential, signKey, formatString(request, address, parameters.get(), asSent.get()))) {
            return;
        }
        String trimmed = SignedPairs.ofTrimmedParameters(list, query).orElse("");
        for (String host : hosts(request, address)) {
            Optional<String> headers = SignedPairs.ofHeaders(credential.headerList(), request.headers(), host);
            if (headers.isEmpty()) {
                throw CosError.SIGNATURE_DOES_NOT_MATCH
                        .because("The signature lists a header that is not in the request: " + credential.headerList())
                        .noting(FINDING, SignatureDiagnosis.missingHeaders(credential, request));
            }
            String formatString = formatString(request, address, parameters.get(), headers.get());
            if (matches(credential, signKey, formatString)
                    || (!trimmed.equals(parameters.get())
                            && matches(credential, signKey, formatString(request, address, trimmed, headers.get())))) {
                return;
            }
        }
        String shown = formatString(request, address, parameters.get(), asSent.orElse(""));
        throw CosError.SIGNATURE_DOES_NOT_MATCH
                .exception()
                .with("StringToSign", stringToSign(credential.signTime(), shown))
                .with("FormatString", shown)
                .noting(FINDING, new SignatureDiagnosis(credential, key, request, address, query).finding());
    }

    private static boolean matches(Credential credential, String signKey, String formatString) {
        String expected = Hmac.sha1(signKey, stringToSign(credential.signTime(), formatString));
        if (Hmac.equal(expected, credential.signature())) {
            return true;
        }
        // Where the two times differ, the Go SDK and the current page sign the key time.
        return !credential.signTime().text().equals(credential.keyTime().text())
                && Hmac.equal(
                        Hmac.sha1(signKey, stringToSign(credential.keyTime(), formatString)), credential.signature());
    }

    static String stringToSign(TimeSpan time, String formatString) {
        return "sha1\n" + time.text() + "\n" + Hmac.digest(formatString.getBytes(StandardCharsets.UTF_8)) + "\n";
    }

    private static String formatString(HttpRequest request, Address address, String parameters, String headers) {
        return request.method().toLowerCase(Locale.ROOT) + "\n" + address.path() + "\n" + parameters + "\n" + headers
                + "\n";
    }

    /**
     * What the client may have signed for Host: as it was sent, and as the Python SDK signs it, without the port and in
     * lower case.
     */
    private static Set<String> hosts(HttpRequest request, Address address) {
        Set<String> hosts = new LinkedHashSet<>();
        for (String host :
                List.of(address.host(), request.headers().first("Host").orElse(address.host()))) {
            int colon = host.lastIndexOf(':');
            String bare = colon < 0 || host.endsWith("]") ? host : host.substring(0, colon);
            hosts.add(host);
            hosts.add(bare);
            hosts.add(host.toLowerCase(Locale.ROOT));
            hosts.add(bare.toLowerCase(Locale.ROOT));
        }
        return hosts;
    }
}
