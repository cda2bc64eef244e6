package coffer.signature;

import static coffer.signature.SpecVectors.HOST;
import static coffer.signature.SpecVectors.KEY;
import static coffer.signature.SpecVectors.NOW;
import static coffer.signature.SpecVectors.authenticate;
import static coffer.signature.SpecVectors.bareSignature;
import static coffer.signature.SpecVectors.credential;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.identity.Caller;
import coffer.identity.SignedParts;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CosAuthenticatorTest {
    private static final String HOUR = "1770019200;1770022800";
    private static final String TEN_MINUTES = "1770019200;1770019800";
    private static final String DAY = "1770019200;1770105600";
    private static final Caller SIGNED = Caller.Signed.with(KEY, SignedParts.OF_FORM);

    private static final String GET_TARGET =
            "/%E6%97%85%E8%A1%8C/%E7%AC%AC%201%20%E5%A4%A9%2B%E6%99%9A%E9%A4%90%2A.jpg?versionId=MTg0NDY3NDQwNzM3"
                    + "&response-content-disposition=attachment%3B%20filename%3D%22%E6%99%9A%E9%A4%90%20%281%29.jpg%22"
                    + "&response-cache-control=no-cache";
    private static final String GET_CREDENTIAL = credential(
            HOUR,
            "date;host;range",
            "response-cache-control;response-content-disposition;versionid",
            "22c7c79bd2fc6921b42bb90dc1bcc881ce064710");

    @Test
    void saysWhatIsSigned() {
        Caller caller = SpecVectors.caller(
                SpecVectors.NOW,
                "GET",
                GET_TARGET,
                "Host",
                HOST,
                "Date",
                "Mon, 02 Feb 2026 08:00:00 GMT",
                "Range",
                "bytes=0-99",
                "Authorization",
                GET_CREDENTIAL);
        assertThat(caller).isInstanceOfSatisfying(Caller.Signed.class, signed -> {
            assertThat(signed.parts().place()).isEqualTo(SignedParts.Place.HEADER);
            assertThat(signed.parts().headers()).containsExactlyInAnyOrder("date", "host", "range");
            assertThat(signed.parts().parameters())
                    .containsExactlyInAnyOrder("response-cache-control", "response-content-disposition", "versionid");
        });
    }

    @Test
    void acceptsAGetWithParametersAndAUnicodeKey() {
        assertThat(get(GET_TARGET, GET_CREDENTIAL)).isEqualTo(SIGNED);
    }

    /** Escapes may be spelled differently on the wire; what they mean is signed. */
    @Test
    void looksAtTheDecodedPath() {
        assertThat(get(GET_TARGET.replace("%E6%97%85", "%e6%97%85").replace("%2A", "*"), GET_CREDENTIAL))
                .isEqualTo(SIGNED);
    }

    @Test
    void acceptsAPutWithHeaders() {
        assertThat(put("李 雷", "a05980752ac9279fb13817df9444e8619d4bedc0")).isEqualTo(SIGNED);
    }

    @Test
    void noticesAChangedHeader() {
        CosException refused = refused(() -> put("李 雪", "a05980752ac9279fb13817df9444e8619d4bedc0"));
        assertThat(refused.error()).isEqualTo(CosError.SIGNATURE_DOES_NOT_MATCH);
        assertThat(refused.details().get("FormatString"))
                .startsWith("put\n/docs/readme.txt\n\ncontent-length=19&")
                .contains("x-cos-meta-owner-name=%E6%9D%8E%20%E9%9B%AA");
        assertThat(refused.details().get("StringToSign")).startsWith("sha1\n" + TEN_MINUTES + "\n");
        assertThat(refused.details().toString())
                .doesNotContain(KEY.secretKey())
                .doesNotContain("c7320d7cb68d263420bbd785838c2e1b3f018bba");
    }

    @ParameterizedTest
    @ValueSource(strings = {HOST, HOST + ":9000", "ALBUM-1300000007.cos.ap-nanjing.myqcloud.com"})
    void acceptsASignedHostWithOrWithoutItsPortAndCase(String sent) {
        String target = "/docs/readme.txt?response-content-type=text%2Fhtml&x-cos-security-token=tok%2Fen%2B1%3D%3D";
        String credential = credential(
                DAY, "host", "response-content-type;x-cos-security-token", "47c5013e8d94a4b90e345e2a93bdbb0cfbe2d551");
        assertThat(authenticate("GET", target, "Host", sent, "Authorization", credential))
                .isEqualTo(SIGNED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "&q-sign-algorithm=sha1&q-ak=AKIDspecVectorKeyId00000000000000001&q-sign-time=1770019200%3B1770105600"
                        + "&q-key-time=1770019200%3B1770105600&q-header-list=host"
                        + "&q-url-param-list=response-content-type%3Bx-cos-security-token"
                        + "&q-signature=47c5013e8d94a4b90e345e2a93bdbb0cfbe2d551",
                "&sign=q-sign-algorithm%3Dsha1%26q-ak%3DAKIDspecVectorKeyId00000000000000001"
                        + "%26q-sign-time%3D1770019200%3B1770105600%26q-key-time%3D1770019200%3B1770105600"
                        + "%26q-header-list%3Dhost%26q-url-param-list%3Dresponse-content-type%3Bx-cos-security-token"
                        + "%26q-signature%3D47c5013e8d94a4b90e345e2a93bdbb0cfbe2d551"
            })
    void acceptsBothFormsOfAPresignedUrl(String signature) {
        String target = "/docs/readme.txt?response-content-type=text%2Fhtml&x-cos-security-token=tok%2Fen%2B1%3D%3D";
        assertThat(authenticate("GET", target + signature, "Host", HOST)).isEqualTo(SIGNED);
        assertThat(authenticate("GET", "http://" + HOST + target + signature, "Host", "elsewhere"))
                .isEqualTo(SIGNED);
        assertThat(refused(() -> authenticate("PUT", target + signature, "Host", HOST))
                        .error())
                .isEqualTo(CosError.SIGNATURE_DOES_NOT_MATCH);
    }

    @ParameterizedTest
    @CsvSource({
        "1770018300, true",
        "1770018299, false",
        "1770019200, true",
        "1770022800, true",
        "1770022801, false",
    })
    void holdsForItsTimeAndTheSkewOfClocksBefore(long seconds, boolean holds) {
        ThrowingCallable call = () -> authenticate(
                java.time.Instant.ofEpochSecond(seconds),
                "GET",
                GET_TARGET,
                "Host",
                HOST,
                "Date",
                "Mon, 02 Feb 2026 08:00:00 GMT",
                "Range",
                "bytes=0-99",
                "Authorization",
                GET_CREDENTIAL);
        CosException refused = catchThrowableOfType(CosException.class, call);
        assertThat(refused == null).isEqualTo(holds);
        if (refused != null && seconds > NOW.getEpochSecond()) {
            assertThat(refused.error()).isEqualTo(CosError.ACCESS_DENIED);
            assertThat(refused.message()).isEqualTo("Request has expired");
        } else if (refused != null) {
            assertThat(refused.error()).isEqualTo(CosError.REQUEST_TIME_TOO_SKEWED);
        }
    }

    /** The signing key is of the key time; the text may be of either. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void acceptsEitherTimeWhereTheyDiffer(boolean signKeyTime) {
        String signed = signKeyTime ? HOUR : TEN_MINUTES;
        String signature = Hmac.sha1(
                Hmac.sha1(KEY.secretKey(), HOUR),
                "sha1\n" + signed + "\n"
                        + Hmac.digest("get\n/k\n\n\n".getBytes(java.nio.charset.StandardCharsets.UTF_8)) + "\n");
        String credential = credential(KEY.secretId(), TEN_MINUTES, HOUR, "", "", signature);
        assertThat(authenticate("GET", "/k", "Host", HOST, "Authorization", credential))
                .isEqualTo(SIGNED);
    }

    @Test
    void knowsOnlyItsKeys() {
        String credential = credential("AKIDnobody", HOUR, HOUR, "", "", bareSignature("get", "/k", HOUR));
        assertThat(refused(() -> get("/k", credential)).error()).isEqualTo(CosError.INVALID_ACCESS_KEY_ID);
    }

    @ParameterizedTest
    @CsvSource({
        "q-sign-algorithm=sha1, q-sign-algorithm=sha256, InvalidArgument",
        "q-sign-algorithm=sha1&, '', AccessDenied",
        "q-ak=, q-ka=, AccessDenied",
        "1770019200;1770022800, 1770019200, AccessDenied",
        "1770019200;1770022800, now;then, AccessDenied",
        "1770019200;1770022800, 1770022800;1770019200, AccessDenied",
        "q-header-list=, q-ak=x&q-header-list=, AccessDenied",
        "q-header-list=, q-header-list=x-cos-absent, SignatureDoesNotMatch",
        "q-url-param-list=, q-url-param-list=absent, SignatureDoesNotMatch",
        "q-signature=, q-signature=0, SignatureDoesNotMatch",
    })
    void refusesACredentialThatIsNone(String part, String instead, String code) {
        String good = credential(HOUR, "", "", bareSignature("get", "/k", HOUR));
        assertThat(get("/k", good)).isEqualTo(SIGNED);
        assertThat(refused(() -> get("/k", good.replace(part, instead))).error().code())
                .isEqualTo(code);
    }

    @Test
    void refusesTwoSignatures() {
        String good = credential(HOUR, "", "", bareSignature("get", "/k", HOUR));
        assertThat(refused(() -> get("/k?" + good.replace(";", "%3B"), good)).error())
                .isEqualTo(CosError.INVALID_ARGUMENT);
    }

    @Test
    void isAnonymousWithoutASignature() {
        assertThat(authenticate("GET", "/k", "Host", HOST)).isEqualTo(new Caller.Anonymous());
        assertThat(authenticate("GET", "/k", "Host", HOST, "Authorization", "")).isEqualTo(new Caller.Anonymous());
        assertThat(authenticate("GET", "/k?sign=", "Host", HOST)).isEqualTo(new Caller.Anonymous());
    }

    private static Caller get(String target, String authorization) {
        return authenticate(
                "GET",
                target,
                "Host",
                HOST,
                "Date",
                "Mon, 02 Feb 2026 08:00:00 GMT",
                "Range",
                "bytes=0-99",
                "Authorization",
                authorization);
    }

    private static Caller put(String ownerName, String signature) {
        return authenticate(
                "PUT",
                "/docs/readme.txt",
                "Content-Length",
                "19",
                "Content-MD5",
                "7h22qpggNyy/ugSigTxJUQ==",
                "Content-Type",
                "text/plain; charset=utf-8",
                "Host",
                HOST,
                "x-cos-acl",
                "public-read",
                "x-cos-grant-read",
                "id=\"100000000042\",id=\"100000000077\"",
                "x-cos-meta-Owner-Name",
                ownerName,
                "x-cos-storage-class",
                "STANDARD_IA",
                "Authorization",
                credential(
                        TEN_MINUTES,
                        "content-length;content-md5;content-type;host;x-cos-acl;x-cos-grant-read;x-cos-meta-owner-name"
                                + ";x-cos-storage-class",
                        "",
                        signature));
    }

    private static CosException refused(ThrowingCallable call) {
        return catchThrowableOfType(CosException.class, call);
    }
}
