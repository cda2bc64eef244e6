package coffer.sts;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.api.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What is this service's business, what a call must be like, and what it gets. */
class StsGatewayTest {
    private static final Map<String, String> WISH = Map.of("Name", "cos-sts-java", "Policy", StsStage.READ_A);

    private final StsStage stage = new StsStage();

    private Calls root() {
        return Calls.of(StsStage.ROOT, stage.now);
    }

    private static Map<String, Object> with(Map<String, ?> parameters, String name, Object value) {
        Map<String, Object> all = new HashMap<>(parameters);
        all.put(name, value);
        return all;
    }

    @Test
    void givesATemporaryKey() {
        for (HttpRequest call : List.of(
                root().json("GetFederationToken", with(WISH, "DurationSeconds", 900)),
                root().form("GetFederationToken", with(WISH, "DurationSeconds", 900)))) {
            JsonNode answer = stage.answer(call);
            assertThat(answer.propertyNames()).containsExactly("Credentials", "ExpiredTime", "Expiration", "RequestId");
            assertThat(answer.path("ExpiredTime").asLong())
                    .isEqualTo(stage.now.plusSeconds(900).getEpochSecond());
            assertThat(answer.path("Expiration").asString()).isEqualTo("2026-02-02T08:15:00Z");
            assertThat(answer.path("RequestId").asString()).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
            assertThat(answer.path("Credentials").path("TmpSecretId").asString())
                    .matches("AKIDtmp_[A-Za-z0-9]{32}");
            assertThat(answer.path("Credentials").path("TmpSecretKey").asString())
                    .matches("[A-Za-z0-9]{32}");
            assertThat(stage.tokens.open(
                            answer.path("Credentials").path("Token").asString()))
                    .isPresent();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/, sts.tencentcloudapi.com",
        "/, STS.ap-guangzhou.tencentcloudapi.com:9000",
        "/, sts.internal.tencentcloudapi.com",
        "/?Action=x, sts.cos.local",
        "/-/sts, 127.0.0.1:9000",
        "/-/sts/, demo-1250000000.cos.ap-guangzhou.myqcloud.com",
        "/-/sts?Action=x, localhost",
        "http://sts.tencentcloudapi.com/, 127.0.0.1:9000",
        "http://127.0.0.1:9000/-/sts, 127.0.0.1:9000",
        "/anything, sts.tencentcloudapi.com"
    })
    void answersOnItsHostsAndUnderItsPath(String target, String host) {
        assertThat(stage.error(StsStage.request("GET", target, "", "Host", host)))
                .isIn("MissingParameter", "InvalidAction");
    }

    @ParameterizedTest
    @CsvSource({
        "/, demo-1250000000.cos.ap-guangzhou.myqcloud.com",
        "/sts, 127.0.0.1:9000",
        "/-/stsx, 127.0.0.1:9000",
        "/-/sts/x, 127.0.0.1:9000",
        "/-/health, sts.tencentcloudapi.com",
        "/, sts",
        "/, sts:9000",
        "/, cos.sts.example.com",
        "/, xsts.tencentcloudapi.com",
        "http://cos.ap-guangzhou.myqcloud.com/, sts.tencentcloudapi.com",
        "/%, sts.tencentcloudapi.com"
    })
    void passesOnAllElse(String target, String host) {
        HttpRequest request = StsStage.request("GET", target, "", "Host", host);
        assertThat(stage.gateway.prepare(request).answer().status()).isEqualTo(299);
    }

    @ParameterizedTest
    @CsvSource({
        "AssumeRoleWithSAML, UnsupportedOperation",
        "AssumeRoleWithWebIdentity, UnsupportedOperation",
        "DescribeInstances, InvalidAction",
        "getfederationtoken, InvalidAction"
    })
    void refusesOtherActions(String action, String code) {
        assertThat(stage.error(root().json(action, WISH))).isEqualTo(code);
        assertThat(stage.error(root().form(action, WISH))).isEqualTo(code);
    }

    @Test
    void refusesWhoCannotBeKnown() {
        for (String kind : List.of("json", "form")) {
            Calls wrong = new Calls(StsStage.ROOT.secretId(), "wrong", java.util.Optional.empty(), stage.now);
            Calls unknown = new Calls("AKIDnobody", "wrong", java.util.Optional.empty(), stage.now);
            assertThat(stage.error(call(wrong, kind))).isEqualTo("AuthFailure.SignatureFailure");
            assertThat(stage.error(call(unknown, kind))).isEqualTo("AuthFailure.SecretIdNotFound");
            HttpRequest call = call(root(), kind);
            stage.pass(Duration.ofMinutes(5));
            assertThat(stage.error(call(root(), kind))).startsWith("{");
            stage.pass(Duration.ofSeconds(1));
            assertThat(stage.error(call)).isEqualTo("AuthFailure.SignatureExpire");
        }
        assertThat(stage.error(StsStage.request(
                        "POST", "/", "Action=GetCallerIdentity&Version=2018-08-13", "Host", "sts.example.com")))
                .isEqualTo("MissingParameter");
    }

    /** The owner of a key goes on beside a guesser at the same address. */
    @Test
    void slowsDownWhoGuesses() {
        assertThat(stage.error(call(root(), "json"))).startsWith("{");
        Calls guess = new Calls("AKIDguess", "wrong", java.util.Optional.empty(), stage.now);
        List<String> codes = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            codes.add(stage.error(call(guess, "form")));
        }
        assertThat(codes).contains("AuthFailure.SecretIdNotFound").endsWith("RequestLimitExceeded");
        assertThat(stage.error(call(root(), "json"))).startsWith("{");
        stage.pass(Duration.ofSeconds(1));
        Calls later = new Calls("AKIDguess", "wrong", java.util.Optional.empty(), stage.now);
        assertThat(stage.error(call(later, "form"))).isEqualTo("AuthFailure.SecretIdNotFound");
    }

    private static HttpRequest call(Calls calls, String kind) {
        return kind.equals("json")
                ? calls.json("GetCallerIdentity", Map.of())
                : calls.form("GetCallerIdentity", Map.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "OPTIONS", "HEAD", "PATCH"})
    void refusesOtherMethods(String method) {
        assertThat(stage.error(StsStage.request(method, "/", "", "Host", "sts.tencentcloudapi.com")))
                .isEqualTo("UnsupportedProtocol");
    }

    @Test
    void refusesAnotherVersion() {
        HttpRequest form =
                StsStage.request("POST", "/", "Action=GetCallerIdentity&Version=2017-03-12", "Host", "sts.example.com");
        assertThat(stage.error(form)).isEqualTo("NoSuchVersion");
        HttpRequest none = StsStage.request("POST", "/", "Action=GetCallerIdentity", "Host", "sts.example.com");
        assertThat(stage.error(none)).isEqualTo("MissingParameter");
    }

    /** A signature among the parameters covers no header: none may change what is asked for. */
    @Test
    void noHeaderCountsBesideAFormSignature() {
        HttpRequest signed = root().form("GetCallerIdentity", WISH);
        HttpRequest turned = new HttpRequest(
                "POST",
                "/",
                coffer.api.Headers.of("Host", "sts.tencentcloudapi.com", "X-TC-Action", "GetFederationToken"),
                signed.body(),
                "192.0.2.7",
                Optional.empty());
        assertThat(stage.answer(turned).path("Type").asString()).isEqualTo("CAMUser");
    }

    @Test
    void refusesABodyThatIsTooLarge() {
        String huge = "Action=GetCallerIdentity&x=" + "y".repeat(300 * 1024);
        assertThat(stage.error(StsStage.request("POST", "/", huge, "Host", "sts.example.com")))
                .isEqualTo("RequestSizeLimitExceeded");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json|{|InvalidParameter",
                "application/json|[]|InvalidParameter",
                "application/json|{\"a\":1,\"a\":2}|InvalidParameter",
                "application/json|{} {}|InvalidParameter",
                "application/json; charset=utf-8|{\"a\":[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]}|InvalidParameter",
                "multipart/form-data; boundary=x|--x--|InvalidRequest",
                "application/x-www-form-urlencoded|Action=%|InvalidParameter",
                "application/x-www-form-urlencoded|Action=%FF|InvalidParameter",
                "application/x-www-form-urlencoded|Action=a&Action=a|InvalidParameter",
                "text/plain|hello|MissingParameter"
            })
    void refusesOtherBodies(String type, String body, String code) {
        assertThat(stage.error(
                        StsStage.request("POST", "/", body, "Host", "sts.tencentcloudapi.com", "Content-Type", type)))
                .isEqualTo(code);
    }

    @Test
    void anyBodyGetsAnAnswerOfTheApi() {
        Random random = new Random(11);
        List<String> codes = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            String alphabet = "{}[]\":,%&=+ActionVersion2018-08-13Signature\u0000\uffff\n";
            StringBuilder body = new StringBuilder();
            for (int length = random.nextInt(60); length > 0; length--) {
                body.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            String type = i % 2 == 0 ? "application/json" : "application/x-www-form-urlencoded";
            codes.add(stage.error(StsStage.request(
                    "POST",
                    "/",
                    body.toString(),
                    "Host",
                    "sts.tencentcloudapi.com",
                    "Content-Type",
                    type,
                    i % 3 == 0 ? "Authorization" : "X",
                    "TC3-HMAC-SHA256 " + body,
                    "X-TC-Action",
                    "GetCallerIdentity",
                    "X-TC-Version",
                    "2018-08-13",
                    "X-TC-Timestamp",
                    Long.toString(random.nextLong()))));
        }
        assertThat(codes)
                .allMatch(code -> code.equals("InvalidParameter")
                        || code.equals("MissingParameter")
                        || code.equals("AuthFailure.InvalidAuthorization"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775807", "-9223372036854775808", "0", "1e3", "", "x", "99999999999999999999"})
    void anyTimestampGetsAnAnswer(String timestamp) {
        String error = stage.error(StsStage.request(
                "POST",
                "/",
                "Action=GetCallerIdentity&Version=2018-08-13&SecretId=a&Signature=b&Nonce=1&Timestamp=" + timestamp,
                "Host",
                "sts.tencentcloudapi.com"));
        assertThat(error).isIn("AuthFailure.SignatureExpire", "InvalidParameter", "MissingParameter");
    }
}
