package coffer.sts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import coffer.address.AddressParser;
import coffer.api.HttpRequest;
import coffer.api.PercentCode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The expected values are computed by hmac and hashlib of Python 3.12 as the docs and the Python SDKs do it. */
class ApiSignatureTest {
    private static final String SECRET = "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE";
    private static final String ID = "AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE";
    private static final String HOST = "sts.tencentcloudapi.com";
    private static final String BODY = "{\"Name\":\"tester\",\"DurationSeconds\":900}";
    private static final String JSON_SIGNATURE = "08b9bab13981f816c20ae678e07652a77c60a5c8d4a91fade2d9797151f12f8d";
    private static final AddressParser ADDRESSES = new AddressParser(List.of(), List.of("ap-guangzhou"));

    private static ApiSignature parse(HttpRequest request, String body) {
        return ApiCall.parse(request, ADDRESSES.parse(request), body.getBytes(StandardCharsets.UTF_8))
                .signature();
    }

    private static boolean tc3(
            String method, String target, String body, String type, String headers, String signature, String host) {
        return parse(tc3Request(method, target, body, type, headers, signature, host), body)
                .isMadeWith(SECRET);
    }

    private static HttpRequest tc3Request(
            String method, String target, String body, String type, String headers, String signature, String host) {
        return StsStage.request(
                method,
                target,
                body,
                "Host",
                host,
                "Content-Type",
                type,
                "X-TC-Action",
                "GetCallerIdentity",
                "X-TC-Version",
                "2018-08-13",
                "X-TC-Timestamp",
                "1770019200",
                "Authorization",
                "TC3-HMAC-SHA256 Credential=" + ID + "/2026-02-02/sts/tc3_request, SignedHeaders=" + headers
                        + ", Signature=" + signature);
    }

    @Test
    void acceptsTc3OfJson() {
        assertThat(tc3("POST", "/", BODY, "application/json", "content-type;host", JSON_SIGNATURE, HOST))
                .isTrue();
    }

    @Test
    void acceptsTc3WithTheActionSigned() {
        String signature = "9c88d2b4352f81c76d24a74261e92d706c6f5c240ea6597c73a3393e6f3864a2";
        assertThat(tc3(
                        "POST",
                        "/",
                        BODY,
                        "application/json; charset=utf-8",
                        "content-type;host;x-tc-action",
                        signature,
                        HOST))
                .isTrue();
    }

    @Test
    void acceptsTc3OfAQuery() {
        String signature = "1727f84d9a2860dc10e579450053945de07b055e5c4941573f0aba8e3ec5d903";
        String type = "application/x-www-form-urlencoded";
        assertThat(tc3("GET", "/?Name=tester&DurationSeconds=900", "", type, "content-type;host", signature, HOST))
                .isTrue();
        assertThat(tc3("GET", "/?Name=tester&DurationSeconds=901", "", type, "content-type;host", signature, HOST))
                .isFalse();
    }

    /** Who can only give a URL calls under a path, and the SDK signs the root nevertheless; ports come and go. */
    @Test
    void acceptsTc3UnderThePathAndBehindAPort() {
        assertThat(tc3("POST", "/-/sts", BODY, "application/json", "content-type;host", JSON_SIGNATURE, HOST + ":9000"))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "POST, application/json, content-type;host, sts.tencentcloudapi.com, {}",
        "POST, application/jsom, content-type;host, sts.tencentcloudapi.com, BODY",
        "POST, application/json, content-type;host, sts.example.com, BODY",
        "POST, application/json, content-type;host;x-tc-action, sts.tencentcloudapi.com, BODY",
        "GET, application/json, content-type;host, sts.tencentcloudapi.com, BODY"
    })
    void noticesWhatIsNotAsItWasSigned(String method, String type, String headers, String host, String body) {
        assertThat(tc3(method, "/", body.replace("BODY", BODY), type, headers, JSON_SIGNATURE, host))
                .isFalse();
    }

    @Test
    void noticesAnotherSecret() {
        HttpRequest request =
                tc3Request("POST", "/", BODY, "application/json", "content-type;host", JSON_SIGNATURE, HOST);
        assertThat(parse(request, BODY).isMadeWith(SECRET + "x")).isFalse();
        assertThat(parse(request, BODY)).asString().doesNotContain(JSON_SIGNATURE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SKIP",
                "TC3-HMAC-SHA256",
                "TC3-HMAC-SHA256 ",
                "TC3-HMAC-SHA256 Credential=a/2026-02-02/sts/tc3_request",
                "TC3-HMAC-SHA256 Credential=a, SignedHeaders=content-type;host, Signature=0",
                "TC3-HMAC-SHA256 Credential=a/2026-02-03/sts/tc3_request, SignedHeaders=content-type;host, Signature=0",
                "TC3-HMAC-SHA256 Credential=a/2026-02-02/cos/tc3_request, SignedHeaders=content-type;host, Signature=0",
                "TC3-HMAC-SHA256 Credential=a/2026-02-02/sts/tc3_request, SignedHeaders=content-type, Signature=0",
                "TC3-HMAC-SHA256 Credential=a/2026-02-02/sts/tc3_request, SignedHeaders=, Signature=0",
                "TC3-HMAC-SHA256 Credential=a, Credential=b, SignedHeaders=content-type;host, Signature=0",
                "TC3-HMAC-SHA256 ,,,",
                "q-sign-algorithm=sha1&q-ak=a",
                "Bearer abc"
            })
    void refusesOtherHeaders(String authorization) {
        HttpRequest request = StsStage.request(
                "POST",
                "/",
                "",
                "Host",
                HOST,
                "Content-Type",
                "application/json",
                "X-TC-Action",
                "GetCallerIdentity",
                "X-TC-Version",
                "2018-08-13",
                "X-TC-Timestamp",
                "1770019200",
                "Authorization",
                authorization);
        assertThat(catchThrowableOfType(StsException.class, () -> parse(request, ""))
                        .error())
                .isEqualTo(StsError.INVALID_AUTHORIZATION);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, sts.tencentcloudapi.com, /, '', mITpINmU9FIGD6uSKbigizYEM64=",
        "POST, sts.tencentcloudapi.com, /, HmacSHA256, qytFdWpQ+H3gR10RyYyTvFdDensKCrN7fkf0Da9dXIM=",
        "GET, sts.ap-guangzhou.tencentcloudapi.com, /, '', Cb9TEInK48DzOjhYjkIQCUN0v3E=",
        // The Java and Python SDKs sign the real host whatever they connect to.
        "POST, 127.0.0.1:9000, /-/sts, '', mITpINmU9FIGD6uSKbigizYEM64=",
        // The Node.js SDK takes host and path for a host, and the Go SDK leaves the slash at the end out.
        "POST, 127.0.0.1:9000, /-/sts/, '', yFNwo3cZKOAEnxjM+jYkpqIRC78=",
        "POST, 127.0.0.1:9000, /-/sts, '', yFNwo3cZKOAEnxjM+jYkpqIRC78="
    })
    void acceptsFormSignatures(String method, String host, String path, String algorithm, String signature) {
        assertThat(form(method, host, path, parameters(algorithm, signature)).isMadeWith(SECRET))
                .isTrue();
        assertThat(form(method, host, path, parameters(algorithm, signature)).isMadeWith(SECRET + "x"))
                .isFalse();
    }

    @Test
    void noticesEveryChangedParameter() {
        Map<String, String> signed = parameters("", "mITpINmU9FIGD6uSKbigizYEM64=");
        for (String name : List.of("Name", "DurationSeconds", "Policy", "Region", "Nonce", "SecretId")) {
            Map<String, String> changed = new LinkedHashMap<>(signed);
            changed.merge(name, "1", String::concat);
            assertThat(form("POST", HOST, "/", changed).isMadeWith(SECRET))
                    .as(name)
                    .isFalse();
        }
        Map<String, String> more = new LinkedHashMap<>(signed);
        more.put("RoleArn", "@x");
        assertThat(form("POST", HOST, "/", more).isMadeWith(SECRET)).isFalse();
        assertThat(form("POST", "sts.example.com", "/", signed).isMadeWith(SECRET))
                .as("the real host is taken for any")
                .isTrue();
        assertThat(form("GET", HOST, "/", signed).isMadeWith(SECRET)).isFalse();
    }

    private static Map<String, String> parameters(String algorithm, String signature) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("Action", "GetFederationToken");
        parameters.put("Nonce", "11886");
        parameters.put("Timestamp", "1770019200");
        parameters.put("SecretId", ID);
        parameters.put("Version", "2018-08-13");
        parameters.put("Region", "ap-guangzhou");
        parameters.put("Name", "cos-sts-java");
        parameters.put("DurationSeconds", "1800");
        parameters.put("Policy", StsStage.READ_A);
        parameters.put("Signature", signature);
        if (!algorithm.isEmpty()) {
            parameters.put("SignatureMethod", algorithm);
        }
        return parameters;
    }

    private static ApiSignature form(String method, String host, String path, Map<String, String> parameters) {
        String form = parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + PercentCode.encode(entry.getValue()))
                .collect(Collectors.joining("&"));
        boolean isGet = method.equals("GET");
        return parse(StsStage.request(method, isGet ? path + "?" + form : path, "", "Host", host), isGet ? "" : form);
    }
}
