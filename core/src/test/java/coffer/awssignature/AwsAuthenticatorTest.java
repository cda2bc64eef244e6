package coffer.awssignature;

import static coffer.awssignature.PublishedExamples.HOST;
import static coffer.awssignature.PublishedExamples.NOW;
import static coffer.awssignature.PublishedExamples.authenticate;
import static coffer.awssignature.PublishedExamples.authorization;
import static coffer.awssignature.PublishedExamples.body;
import static coffer.awssignature.PublishedExamples.read;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.RequestBody;
import coffer.identity.Caller;
import java.time.Duration;
import java.time.Instant;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples that AWS has published, and what must not pass. */
class AwsAuthenticatorTest {
    private static final String DATE = "20130524T000000Z";
    private static final String PLAIN = "host;x-amz-content-sha256;x-amz-date";
    private static final String LIFECYCLE = "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543";
    private static final String PRESIGNED = "/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256"
            + "&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request"
            + "&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host"
            + "&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404";
    private static final String WELCOME = "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072";

    @Test
    void acceptsTheExampleGetObject() {
        assertSigned(authenticate(
                "GET",
                "/test.txt",
                "Host",
                HOST,
                "Range",
                "bytes=0-9",
                "x-amz-content-sha256",
                AwsHmac.EMPTY_DIGEST,
                "x-amz-date",
                DATE,
                "Authorization",
                authorization(
                        "host;range;x-amz-content-sha256;x-amz-date",
                        "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41")));
    }

    @Test
    void acceptsTheExamplePutObjectAndVerifiesItsBody() {
        assertThat(new String(read(put("Welcome to Amazon S3.").body()), UTF_8)).isEqualTo("Welcome to Amazon S3.");
    }

    @Test
    void noticesABodyThatIsNotTheSignedOne() {
        RequestBody changed = put("Welcome to Amazon S4.").body();
        assertRefused(CosError.X_AMZ_CONTENT_SHA256_MISMATCH, () -> read(changed));
    }

    @ParameterizedTest
    @CsvSource({
        "/?lifecycle, " + LIFECYCLE,
        "/?max-keys=2&prefix=J, 34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
        "/?prefix=J&max-keys=2, 34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
    })
    void acceptsTheExamplesOfBuckets(String target, String signature) {
        assertSigned(bucket(NOW, target, signature));
    }

    @Test
    void acceptsTheExampleOfAPresignedUrlForADay() {
        assertSigned(authenticate("GET", PRESIGNED, "Host", HOST));
        Instant within = Instant.parse("2013-05-24T23:59:59Z");
        assertSigned(authenticate(within, RequestBody.EMPTY, "GET", PRESIGNED, "Host", HOST));
        Instant after = within.plus(Duration.ofSeconds(2));
        CosException expired = assertRefused(
                CosError.ACCESS_DENIED, () -> authenticate(after, RequestBody.EMPTY, "GET", PRESIGNED, "Host", HOST));
        assertThat(expired).hasMessageContaining("expired");
    }

    @Test
    void tellsWhatItSignedWhereThatDiffers() {
        CosException refused =
                assertRefused(CosError.SIGNATURE_DOES_NOT_MATCH, () -> bucket(NOW, "/?lifecycle=x", LIFECYCLE));
        assertThat(refused.details().get("CanonicalRequest")).startsWith("GET\n/\nlifecycle=x\nhost:" + HOST + "\n");
        assertThat(refused.details().get("StringToSign"))
                .startsWith("AWS4-HMAC-SHA256\n20130524T000000Z\n20130524/us-east-1/s3/aws4_request\n");
        assertThat(refused.details().toString()).doesNotContain(PublishedExamples.KEY.secretKey());
    }

    @Test
    void letsTheDateOfItsOwnCountEvenIfThatIsEmpty() {
        String date = "Fri, 24 May 2013 00:00:00 GMT";
        String forged = "AWS AKIAIOSFODNN7EXAMPLE:x";
        assertRefused(
                CosError.SIGNATURE_DOES_NOT_MATCH,
                () -> authenticate("GET", "/k", "Host", HOST, "Authorization", forged, "Date", date));
        assertRefused(
                CosError.ACCESS_DENIED,
                () -> authenticate("GET", "/k", "Host", HOST, "Authorization", forged, "Date", date, "x-amz-date", ""));
    }

    @Test
    void refusesAClockThatIsMoreThanAQuarterOfAnHourOff() {
        Instant signed = Instant.parse("2013-05-24T00:00:00Z");
        assertSigned(bucket(signed.plus(Duration.ofMinutes(15)), "/?lifecycle", LIFECYCLE));
        assertRefused(
                CosError.REQUEST_TIME_TOO_SKEWED,
                () -> bucket(signed.plus(Duration.ofMinutes(15)).plusSeconds(1), "/?lifecycle", LIFECYCLE));
    }

    @ParameterizedTest
    @CsvSource({
        "Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, AUTHORIZATION_HEADER_MALFORMED",
        "'Credential=AKIAIOSFODNN7EXAMPLE/us-east-1/s3/aws4_request,SignedHeaders=host,Signature=0', AUTHORIZATION_HEADER_MALFORMED",
        "'Credential=AKIAIOSFODNN7EXAMPLE/20130525/us-east-1/s3/aws4_request,SignedHeaders=host,Signature=0', AUTHORIZATION_HEADER_MALFORMED",
        "'Credential=AKIANOBODY/20130524/us-east-1/s3/aws4_request,SignedHeaders=host,Signature=0', INVALID_ACCESS_KEY_ID",
        "'Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=host;x-amz-date,Signature=0', SIGNATURE_DOES_NOT_MATCH",
        "'Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=x-amz-date,Signature=0', ACCESS_DENIED",
        "'Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=host,Signature=0', ACCESS_DENIED",
    })
    void refusesHeadersThatSayTooLittle(String fields, CosError error) {
        assertRefused(
                error,
                () -> authenticate(
                        "GET",
                        "/?lifecycle",
                        "Host",
                        HOST,
                        "x-amz-content-sha256",
                        AwsHmac.EMPTY_DIGEST,
                        "x-amz-date",
                        DATE,
                        "Authorization",
                        "AWS4-HMAC-SHA256 " + fields));
    }

    @Test
    void refusesAHeaderThatWasAddedOnTheWay() {
        CosException refused = assertRefused(
                CosError.ACCESS_DENIED,
                () -> authenticate(
                        "GET",
                        "/?lifecycle",
                        "Host",
                        HOST,
                        "x-amz-acl",
                        "public-read",
                        "x-amz-content-sha256",
                        AwsHmac.EMPTY_DIGEST,
                        "x-amz-date",
                        DATE,
                        "Authorization",
                        authorization(PLAIN, LIFECYCLE)));
        assertThat(refused.details()).containsEntry("HeadersNotSigned", "x-amz-acl");
    }

    @Test
    void refusesTwoSignaturesAtOnce() {
        assertRefused(
                CosError.INVALID_ARGUMENT,
                () -> authenticate("GET", PRESIGNED, "Host", HOST, "Authorization", authorization(PLAIN, LIFECYCLE)));
    }

    @Test
    void whoSignsNothingIsAnonymous() {
        assertThat(authenticate("GET", "/test.txt", "Host", HOST).caller()).isInstanceOf(Caller.Anonymous.class);
    }

    private static AwsAuthenticator.Authenticated bucket(Instant now, String target, String signature) {
        return authenticate(
                now,
                RequestBody.EMPTY,
                "GET",
                target,
                "Host",
                HOST,
                "x-amz-content-sha256",
                AwsHmac.EMPTY_DIGEST,
                "x-amz-date",
                DATE,
                "Authorization",
                authorization(PLAIN, signature));
    }

    private static AwsAuthenticator.Authenticated put(String text) {
        return authenticate(
                NOW,
                body(text.getBytes(UTF_8)),
                "PUT",
                "/test$file.text",
                "Host",
                HOST,
                "Date",
                "Fri, 24 May 2013 00:00:00 GMT",
                "x-amz-content-sha256",
                WELCOME,
                "x-amz-date",
                DATE,
                "x-amz-storage-class",
                "REDUCED_REDUNDANCY",
                "Authorization",
                authorization(
                        "date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class",
                        "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"));
    }

    private static void assertSigned(AwsAuthenticator.Authenticated who) {
        assertThat(who.caller())
                .isInstanceOfSatisfying(
                        Caller.Signed.class,
                        signed -> assertThat(signed.secretId()).isEqualTo(PublishedExamples.KEY.secretId()));
    }

    private static CosException assertRefused(CosError error, ThrowingCallable call) {
        CosException refused = catchThrowableOfType(CosException.class, call);
        assertThat(refused).isNotNull();
        assertThat(refused.error()).isEqualTo(error);
        return refused;
    }
}
