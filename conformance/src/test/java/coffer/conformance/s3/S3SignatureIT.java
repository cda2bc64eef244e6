package coffer.conformance.s3;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.Account;
import coffer.conformance.CofferProcess;
import coffer.conformance.RawConnection;
import coffer.conformance.RawRequest;
import coffer.conformance.RawResponse;
import coffer.conformance.S3Sdk;
import coffer.conformance.SharedCoffer;
import coffer.conformance.TestBucket;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Signatures of S3 as they travel, right and wrong. */
@ExtendWith(SharedCoffer.class)
class S3SignatureIT {
    private static final AwsSignature NOW = AwsSignature.now();
    private static final String HOST = "s3.example.com";
    private static final String SIGNED_CHUNKS = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
    private static final String CRC32_OF_HELLO = "x-amz-checksum-crc32:NhCmhg==";

    @Test
    void theWrongSecretIsToldWhatWasSigned(TestBucket bucket) {
        RawResponse answer = assertRefused(403, "SignatureDoesNotMatch", bucket, NOW.with("wrong"));
        assertThat(answer.element("StringToSign")).startsWith("AWS4-HMAC-SHA256\n" + NOW.date() + "\n");
        assertThat(answer.element("CanonicalRequest")).startsWith("GET\n/" + S3Sdk.name(bucket) + "/k\n");
        assertThat(answer.element("AWSAccessKeyId")).isEqualTo(Account.SECRET_ID);
        assertThat(answer.text()).doesNotContain(Account.SECRET_KEY);
    }

    @Test
    void whoIsNotKnownIsTold(TestBucket bucket) {
        assertRefused(403, "InvalidAccessKeyId", bucket, NOW.by("AKIDnobody"));
        assertRefused(403, "RequestTimeTooSkewed", bucket, NOW.at(Instant.now().minus(Duration.ofMinutes(16))));
        assertRefused(403, "RequestTimeTooSkewed", bucket, NOW.at(Instant.now().plus(Duration.ofMinutes(16))));
    }

    @Test
    void theWrongRegionIsToldTheRightOne(TestBucket bucket) {
        RawResponse answer = assertRefused(400, "AuthorizationHeaderMalformed", bucket, NOW.in("eu-west-3"));
        assertThat(answer.element("Region")).isEqualTo(Account.REGION);
        bucket.put("k", "text");
        assertThat(send(bucket, NOW.in(Account.REGION).sign("GET", HOST, path(bucket), AwsSignature.UNSIGNED))
                        .text())
                .isEqualTo("text");
    }

    @Test
    void aHeaderThatIsNotSignedIsRefused(TestBucket bucket) {
        RawRequest request = NOW.sign("PUT", HOST, path(bucket), AwsSignature.digest("hello"))
                .body("hello")
                .header("x-amz-acl", "public-read");
        RawResponse answer = assertRefused(403, "AccessDenied", bucket, request);
        assertThat(answer.element("HeadersNotSigned")).isEqualTo("x-amz-acl");
        assertNothingStored(bucket);
    }

    @Test
    void aUrlHoldsForItsTime(TestBucket bucket) {
        bucket.put("k", "text");
        RawRequest inTime = RawRequest.to("GET", HOST, NOW.presigned("GET", HOST, path(bucket), 60));
        assertThat(send(bucket, inTime).text()).isEqualTo("text");
        AwsSignature before = NOW.at(Instant.now().minus(Duration.ofHours(1)));
        RawRequest late = RawRequest.to("GET", HOST, before.presigned("GET", HOST, path(bucket), 60));
        assertThat(assertRefused(403, "AccessDenied", bucket, late).element("Message"))
                .contains("expired");
        RawRequest changed = RawRequest.to(
                "GET", HOST, NOW.presigned("GET", HOST, path(bucket), 60).replace("Expires=60", "Expires=600"));
        assertRefused(403, "SignatureDoesNotMatch", bucket, changed);
        RawRequest tooLong = RawRequest.to("GET", HOST, NOW.presigned("GET", HOST, path(bucket), 604_801));
        assertThat(send(bucket, tooLong).status()).isEqualTo(403);
    }

    @Test
    void aUrlTakesAnObject(TestBucket bucket) {
        RawRequest request = RawRequest.to("PUT", HOST, NOW.presigned("PUT", HOST, path(bucket), 60))
                .body("hello");
        assertThat(send(bucket, request).status()).isEqualTo(200);
        assertThat(bucket.text("k")).isEqualTo("hello");
    }

    @Test
    void aBodyMustBeTheSignedOne(TestBucket bucket) {
        RawRequest other = NOW.sign("PUT", HOST, path(bucket), AwsSignature.digest("hello"))
                .body("jello");
        assertRefused(400, "XAmzContentSHA256Mismatch", bucket, other);
        assertNothingStored(bucket);
    }

    @Test
    void chunksMustBeTheSignedOnes(TestBucket bucket) {
        AwsSignature.Signed put = chunked(bucket, SIGNED_CHUNKS, Map.of());
        AwsSignature.Chunk hello = NOW.chunk("hello", put.signature());
        String body = hello.text() + NOW.chunk("", hello.signature()).text() + "\r\n";
        assertRefused(403, "SignatureDoesNotMatch", bucket, put.request().body(body.replace("hello", "jello")));
        assertNothingStored(bucket);
        assertThat(send(bucket, put.request().body(body)).status()).isEqualTo(200);
        assertThat(bucket.text("k")).isEqualTo("hello");
    }

    @Test
    void aTrailerMustBeTheSignedOne(TestBucket bucket) {
        AwsSignature.Signed put =
                chunked(bucket, SIGNED_CHUNKS + "-TRAILER", Map.of("x-amz-trailer", "x-amz-checksum-crc32"));
        AwsSignature.Chunk hello = NOW.chunk("hello", put.signature());
        AwsSignature.Chunk last = NOW.chunk("", hello.signature());
        String body = hello.text() + last.text() + NOW.trailer(CRC32_OF_HELLO, last.signature());
        assertRefused(403, "SignatureDoesNotMatch", bucket, put.request().body(body.replace("NhCm", "NhCn")));
        assertNothingStored(bucket);
        assertThat(send(bucket, put.request().body(body)).status()).isEqualTo(200);
        assertThat(bucket.text("k")).isEqualTo("hello");
    }

    @Test
    void whatIsCutOffIsNotStored(TestBucket bucket) {
        AwsSignature.Signed put = chunked(bucket, SIGNED_CHUNKS, Map.of());
        AwsSignature.Chunk hello = NOW.chunk("hello", put.signature());
        String whole = hello.text() + NOW.chunk("", hello.signature()).text() + "\r\n";
        for (int length :
                new int[] {0, 20, hello.text().length() - 4, hello.text().length()}) {
            RawRequest cut = put.request().body(whole.substring(0, length));
            assertRefused(400, "IncompleteBody", bucket, cut);
        }
        assertNothingStored(bucket);
    }

    @Test
    void chunksNeedNoSignature(TestBucket bucket) {
        AwsSignature.Signed put =
                chunked(bucket, "STREAMING-UNSIGNED-PAYLOAD-TRAILER", Map.of("x-amz-trailer", "x-amz-checksum-crc32"));
        String body = "5\r\nhello\r\n0\r\n" + CRC32_OF_HELLO + "\r\n\r\n";
        assertThat(send(bucket, put.request().body(body)).status()).isEqualTo(200);
        assertThat(bucket.text("k")).isEqualTo("hello");
    }

    @Test
    void version2IsUnderstood(TestBucket bucket) {
        bucket.put("k", "text");
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(Instant.now().atOffset(ZoneOffset.UTC));
        String signature = NOW.version2("GET\n\n\n" + date + "\n" + path(bucket));
        RawRequest header = RawRequest.to("GET", HOST, path(bucket)).header("Date", date);
        assertThat(send(bucket, header.header("Authorization", "AWS " + Account.SECRET_ID + ":" + signature))
                        .text())
                .isEqualTo("text");
        RawRequest other = RawRequest.to("GET", HOST, path(bucket))
                .header("Date", date)
                .header("Authorization", "AWS " + Account.SECRET_ID + ":AAAA" + signature.substring(4));
        assertRefused(403, "SignatureDoesNotMatch", bucket, other);
    }

    @Test
    void version2IsUnderstoodInUrls(TestBucket bucket) {
        bucket.put("k", "text");
        long until = Instant.now().getEpochSecond() + 60;
        assertThat(send(bucket, RawRequest.to("GET", HOST, version2Url(bucket, until)))
                        .text())
                .isEqualTo("text");
        assertRefused(403, "AccessDenied", bucket, RawRequest.to("GET", HOST, version2Url(bucket, until - 120)));
    }

    private static String version2Url(TestBucket bucket, long until) {
        String signature = NOW.version2("GET\n\n\n" + until + "\n" + path(bucket));
        return path(bucket) + "?AWSAccessKeyId=" + Account.SECRET_ID + "&Expires=" + until + "&Signature="
                + signature.replace("+", "%2B").replace("/", "%2F").replace("=", "%3D");
    }

    private static AwsSignature.Signed chunked(TestBucket bucket, String payload, Map<String, String> more) {
        TreeMap<String, String> headers = new TreeMap<>(more);
        headers.put("content-encoding", "aws-chunked");
        headers.put("x-amz-decoded-content-length", "5");
        return NOW.sign("PUT", HOST, path(bucket), payload, headers);
    }

    private static String path(TestBucket bucket) {
        return "/" + S3Sdk.name(bucket) + "/k";
    }

    private static RawResponse send(TestBucket bucket, RawRequest request) {
        CofferProcess server = bucket.server();
        return RawConnection.exchange(server, request);
    }

    private static RawResponse assertRefused(int status, String code, TestBucket bucket, AwsSignature signature) {
        return assertRefused(status, code, bucket, signature.sign("GET", HOST, path(bucket), AwsSignature.UNSIGNED));
    }

    private static RawResponse assertRefused(int status, String code, TestBucket bucket, RawRequest request) {
        RawResponse answer = send(bucket, request);
        assertThat(answer.status() + " " + answer.errorCode()).as(answer.text()).isEqualTo(status + " " + code);
        assertThat(answer.header("x-amz-request-id")).isPresent();
        return answer;
    }

    private static void assertNothingStored(TestBucket bucket) {
        assertThat(bucket.cos().listObjects(bucket.name()).getObjectSummaries()).isEmpty();
    }
}
