package coffer.signature;

import coffer.address.Address;
import coffer.address.AddressParser;
import coffer.api.Headers;
import coffer.api.HttpRequest;
import coffer.api.Query;
import coffer.api.RequestBody;
import coffer.identity.AccessKey;
import coffer.identity.Account;
import coffer.identity.Caller;
import coffer.identity.Keyring;
import coffer.identity.SignedParts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The key, the clock and the requests of the worked examples, whose values were computed by other programs. */
final class SpecVectors {
    static final AccessKey KEY = new AccessKey(
            "AKIDspecVectorKeyId00000000000000001",
            "specVectorSecretKey0000000000001",
            new Account("1300000007", "100000000042"));
    static final Keyring KEYS =
            (secretId, token) -> Optional.of(KEY).filter(key -> key.secretId().equals(secretId));
    static final Instant NOW = Instant.ofEpochSecond(1_770_019_260);
    static final String HOST = "album-1300000007.cos.ap-nanjing.myqcloud.com";

    private SpecVectors() {}

    static Caller authenticate(String method, String target, String... headers) {
        return authenticate(NOW, method, target, headers);
    }

    /** Who signed it, without what was signed. */
    static Caller authenticate(Instant now, String method, String target, String... headers) {
        return caller(now, method, target, headers) instanceof Caller.Signed signed
                ? new Caller.Signed(signed.principal(), signed.secretId(), signed.sessionPolicy(), SignedParts.OF_FORM)
                : new Caller.Anonymous();
    }

    static Caller caller(Instant now, String method, String target, String... headers) {
        HttpRequest request =
                new HttpRequest(method, target, Headers.of(headers), RequestBody.EMPTY, "127.0.0.1", Optional.empty());
        Address address = new AddressParser(List.of(), List.of("ap-nanjing")).parse(request);
        return new CosAuthenticator(KEYS, attempts(), () -> now)
                .authenticate(request, address, Query.parse(AddressParser.rawQuery(request)));
    }

    static FailedAttempts attempts() {
        return new FailedAttempts(() -> NOW);
    }

    static String credential(String time, String headerList, String parameterList, String signature) {
        return credential(KEY.secretId(), time, time, headerList, parameterList, signature);
    }

    static String credential(
            String secretId,
            String signTime,
            String keyTime,
            String headerList,
            String parameterList,
            String signature) {
        return "q-sign-algorithm=sha1&q-ak=" + secretId + "&q-sign-time=" + signTime + "&q-key-time=" + keyTime
                + "&q-header-list=" + headerList + "&q-url-param-list=" + parameterList + "&q-signature=" + signature;
    }

    /** A signature over method, path and nothing else, made of the formula itself. */
    static String bareSignature(String method, String path, String time) {
        return Hmac.sha1(
                Hmac.sha1(KEY.secretKey(), time),
                "sha1\n" + time + "\n"
                        + Hmac.digest(
                                (method + "\n" + path + "\n\n\n").getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        + "\n");
    }
}
