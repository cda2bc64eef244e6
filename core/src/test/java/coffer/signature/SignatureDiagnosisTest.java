package coffer.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import coffer.address.Address;
import coffer.address.AddressParser;
import coffer.api.CosException;
import coffer.api.Headers;
import coffer.api.Headers.Header;
import coffer.api.HttpRequest;
import coffer.api.Query;
import coffer.api.RequestBody;
import coffer.identity.AccessKey;
import coffer.identity.Account;
import coffer.identity.Caller;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each mistake is made, and named. */
class SignatureDiagnosisTest {
    private static final String HOST = "b-1250000000.cos.ap-guangzhou.example.com:9000";
    private static final AccessKey KEY =
            new AccessKey("AKIDtest", "the-secret-of-the-test", new Account("1250000000", "100000000001"));
    private static final Instant NOW = Instant.parse("2026-11-25T08:00:00Z");
    private static final InstantSource CLOCK = InstantSource.fixed(NOW);

    private final CosAuthenticator authenticator = new CosAuthenticator(
            (id, token) -> Optional.of(KEY).filter(key -> key.secretId().equals(id)), new FailedAttempts(CLOCK), CLOCK);

    private String secret = KEY.secretKey();
    private String method = "GET";
    private String target = "/a%20b/%E6%97%85+c";
    private String signedPath = "/a b/旅+c";
    private String signedHost = HOST;
    private List<Header> sent = new ArrayList<>();
    private List<Header> signed = new ArrayList<>();
    private List<Header> signedParameters = new ArrayList<>();

    @Test
    void whatIsRightPasses() {
        assertThat(authenticator.authenticate(request(authorization()), address(), query()))
                .isInstanceOf(Caller.Signed.class);
    }

    @ParameterizedTest
    @CsvSource({
        "b-1250000000.cos.ap-guangzhou.myqcloud.com",
        "b-1250000000.cos.ap-guangzhou.tencentcos.cn",
        "cos.ap-guangzhou.myqcloud.com",
        "service.cos.myqcloud.com",
        "b-1250000000.cos.ap-guangzhou.example.com:443",
        "localhost:9000",
    })
    void anotherHost(String host) {
        signedHost = host;
        assertThat(finding())
                .isEqualTo("The client signed the host " + host + ", but the request came for " + HOST + ".");
    }

    @ParameterizedTest
    @CsvSource({
        "/a%20b/%E6%97%85%2Bc, The client signed the path percent-encoded;",
        "/a%20b/%E6%97%85+c, The client signed the path as it stands in the URL;",
        "/a%2520b/%25E6%2597%2585%252Bc, The client signed the path percent-encoded twice;",
        "/a+b/旅+c, The client signed a plus for each blank",
        "/a b/旅 c, The client sent + in the path for what it signed as a blank;",
        "a b/旅+c, The client signed the path without its first slash.",
        "/b-1250000000/a b/旅+c, The client signed the path with the bucket in front",
        "/旅+c, The client signed the path without the bucket",
    })
    void anotherPath(String path, String finding) {
        signedPath = path;
        assertThat(finding()).startsWith(finding);
    }

    @Test
    void aPathThatWasSentEncodedTwice() {
        target = "/a%2520b";
        signedPath = "/a b";
        assertThat(finding()).isEqualTo("The client sent the path percent-encoded twice.");
    }

    @Test
    void anotherMethod() {
        method = "HEAD";
        String get = new RequestSigner(KEY.secretId(), secret)
                .sign(signing("GET"), NOW.getEpochSecond(), NOW.getEpochSecond() + 60)
                .authorization();
        assertThat(finding(get)).isEqualTo("The client signed the method get, but sent head.");
    }

    @Test
    void aParameterThatIsNotInTheList() {
        target += "?prefix=a%2Fb&marker=c";
        String list = "q-url-param-list=";
        signedParameters = List.of(new Header("prefix", "a/b"));
        String unlisted = authorization().replace(list + "prefix", list);
        assertThat(finding(unlisted))
                .isEqualTo("The client signed the parameter prefix, but does not name it in q-url-param-list.");
    }

    @Test
    void valuesThatAreNotEncoded() {
        target += "?prefix=a%2Fb%20c";
        signedParameters = List.of(new Header("prefix", "a/b c"));
        String right = PairText.of(signedParameters);
        assertThat(finding(resigned(right, "prefix=a/b c")))
                .isEqualTo("The client signed the values of the parameters without percent-encoding them.");
        assertThat(finding(resigned(right, "prefix=a%2Fb+c")))
                .isEqualTo("The client signed the values of the parameters with + for a blank; it is %20.");
        assertThat(finding(resigned(right, "prefix=a%2fb%20c")))
                .startsWith("The client signed the values of the parameters percent-encoded in lower case;");
    }

    @Test
    void aHeaderThatSomethingBetweenChanged() {
        signed = List.of(new Header("Content-Type", "text/plain"));
        sent = List.of(new Header("Content-Type", "text/plain; charset=utf-8"));
        assertThat(finding())
                .isEqualTo("The client signed 'text/plain' of the header content-type, but 'text/plain; charset=utf-8'"
                        + " arrived: something between changed it, or the client's library did.");
    }

    @Test
    void aHeaderThatSomethingBetweenDropped() {
        signed = List.of(new Header("x-cos-meta-a", "1"), new Header("Accept", "*/*"));
        sent = List.of(new Header("Accept", "*/*"));
        assertThat(finding()).startsWith("Signed headers did not arrive: x-cos-meta-a.");
    }

    @Test
    void valuesOfOtherHeadersAreNotSaid() {
        sent = List.of(new Header("x-cos-security-token", "SECRET TOKEN"));
        signed = List.of(new Header("x-cos-security-token", "secret token"));
        assertThat(finding())
                .startsWith("The client signed another value of the header x-cos-security-token than arrived")
                .doesNotContainIgnoringCase("secret token");
    }

    @Test
    void twoMistakesAtOnce() {
        signedHost = "b-1250000000.cos.ap-guangzhou.myqcloud.com";
        signedPath = "/a%20b/%E6%97%85%2Bc";
        assertThat(finding())
                .startsWith("The client signed the path percent-encoded;")
                .contains("The client signed the host " + signedHost);
    }

    @Test
    void theSecretKeyComesLast() {
        secret = KEY.secretKey() + "\n";
        assertThat(finding()).isEqualTo("The secret key that the client has ends in a blank or a line break.");
        secret = KEY.secretId();
        assertThat(finding()).isEqualTo("The client signed with the id of the key instead of its secret.");
        secret = "another";
        sent = List.of(new Header("Accept", "*/*"));
        signed = sent;
        assertThat(finding())
                .isEqualTo(
                        "No mistake that clients are known to make explains the signature: the secret key is probably not"
                                + " the one of AKIDtest, or something between changed one of the signed headers accept.");
    }

    @Test
    void aClockThatIsWrong() {
        String early = new RequestSigner(KEY.secretId(), secret)
                .sign(signing(method), NOW.getEpochSecond() - 700, NOW.getEpochSecond() - 100)
                .authorization();
        assertThat(refused(early).notes())
                .containsEntry(
                        "finding",
                        "The signature ended 100 seconds ago by the clock of this server; it began 700 seconds ago.");
        String late = new RequestSigner(KEY.secretId(), secret)
                .sign(signing(method), NOW.getEpochSecond() + 1000, NOW.getEpochSecond() + 2000)
                .authorization();
        assertThat(refused(late).notes().get("finding")).contains("begins in 1000 seconds", "ahead");
    }

    @Test
    void longRequestsAreNotLookedAt() {
        secret = "another";
        signed = List.of(new Header("x-cos-meta-long", "x".repeat(9000)));
        sent = signed;
        assertThat(finding()).isEqualTo("The headers are too long to look for the mistake.");
    }

    @Test
    void noSecretIsInAnyFinding() {
        secret = "another";
        CosException refused = refused(authorization());
        assertThat(refused.notes().toString() + refused.details()).doesNotContain(KEY.secretKey());
    }

    /** What is right in a signature, with one text in it replaced. */
    private String resigned(String right, String wrong) {
        RequestSigner.Steps steps = new RequestSigner(KEY.secretId(), secret)
                .sign(signing(method), NOW.getEpochSecond(), NOW.getEpochSecond() + 60);
        String text = CosAuthenticator.stringToSign(
                TimeSpan.parse(steps.keyTime()), steps.httpString().replace(right, wrong));
        return steps.authorization().replace(steps.signature(), Hmac.sha1(steps.signKey(), text));
    }

    private String finding() {
        return finding(authorization());
    }

    private String finding(String authorization) {
        return String.valueOf(refused(authorization).notes().get("finding"));
    }

    private CosException refused(String authorization) {
        return catchThrowableOfType(
                CosException.class, () -> authenticator.authenticate(request(authorization), address(), query()));
    }

    private String authorization() {
        return new RequestSigner(KEY.secretId(), secret)
                .sign(signing(method), NOW.getEpochSecond(), NOW.getEpochSecond() + 60)
                .authorization();
    }

    private RequestSigner.Request signing(String signedMethod) {
        List<Header> headers = new ArrayList<>(signed);
        headers.add(new Header("host", signedHost));
        return new RequestSigner.Request(signedMethod, signedPath, signedParameters, headers);
    }

    private HttpRequest request(String authorization) {
        List<Header> headers = new ArrayList<>(sent);
        headers.add(new Header("Host", HOST));
        headers.add(new Header("Authorization", authorization));
        return new HttpRequest(method, target, Headers.of(headers), RequestBody.EMPTY, "127.0.0.1", Optional.empty());
    }

    private Address address() {
        return new AddressParser(List.of(), List.of("ap-guangzhou")).parse(request(""));
    }

    private Query query() {
        return Query.parse(AddressParser.rawQuery(request("")));
    }
}
