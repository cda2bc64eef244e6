package coffer.conformance.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.Account;
import coffer.conformance.CofferProcess;
import coffer.conformance.RawConnection;
import coffer.conformance.RawRequest;
import coffer.conformance.RawResponse;
import coffer.conformance.RequestSignature;
import coffer.conformance.Scratch;
import coffer.conformance.SharedCoffer;
import coffer.conformance.TestBucket;
import com.qcloud.cos.COSClient;
import com.qcloud.cos.model.CannedAccessControlList;
import com.qcloud.cos.model.CreateBucketRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that do not say who they are. */
@ExtendWith(SharedCoffer.class)
class AnonymousIT {
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({"GET, /", "GET, /k", "GET, /absent", "PUT, /new", "DELETE, /k", "GET, /?acl", "POST, /?delete"})
    void doNothingInAPrivateBucket(String method, String target, TestBucket bucket) {
        bucket.put("k", "private");
        RawRequest request = bucket.request(method, target);
        RawResponse answer = exchange(bucket, method.startsWith("P") ? request.body("<x/>") : request);
        assertThat(answer.status()).as(answer.text()).isEqualTo(403);
        assertThat(answer.errorCode()).isEqualTo("AccessDenied");
        assertThat(bucket.text("k")).isEqualTo("private");
        assertThat(bucket.cos().doesObjectExist(bucket.name(), "new")).isFalse();
    }

    @Test
    void headIsRefusedWithoutABody(TestBucket bucket) {
        bucket.put("k", "private");
        RawResponse answer = exchange(bucket, bucket.request("HEAD", "/k"));
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.header("x-cos-request-id")).isPresent();
        // Whether the key is there is nobody's business.
        assertThat(exchange(bucket, bucket.request("HEAD", "/absent")).status()).isEqualTo(403);
    }

    /** Python's client without keys sends the header with nothing in it. */
    @Test
    void anEmptyAuthorizationIsNone(TestBucket bucket) {
        RawResponse answer = exchange(bucket, bucket.request("GET", "/").header("Authorization", ""));
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.errorCode()).isEqualTo("AccessDenied");
    }

    @Test
    void createNoBuckets(CofferProcess server) {
        RawRequest put =
                RawRequest.to("PUT", Account.host("anon-1250000000"), "/").header("Content-Length", "0");
        assertThat(RawConnection.exchange(server, put).status()).isEqualTo(403);
    }

    @Test
    void readAPublicBucketButDoNotWrite(COSClient cos, CofferProcess server) {
        TestBucket open = publicBucket(cos, server, "open");
        open.put("k", "public");
        RawResponse read = exchange(open, open.request("GET", "/k"));
        assertThat(read.status()).as(read.text()).isEqualTo(200);
        assertThat(read.text()).isEqualTo("public");
        assertThat(exchange(open, open.request("GET", "/")).status()).isEqualTo(200);
        assertThat(exchange(open, open.request("GET", "/absent")).status()).isEqualTo(404);
        assertThat(exchange(open, open.request("PUT", "/k").body("changed")).status())
                .isEqualTo(403);
        assertThat(exchange(open, open.request("DELETE", "/k")).status()).isEqualTo(403);
        assertThat(open.text("k")).isEqualTo("public");
    }

    @Test
    void mustNotOverrideHeadersOfTheAnswer(COSClient cos, CofferProcess server) {
        TestBucket open = publicBucket(cos, server, "overrides");
        open.put("k", "public");
        assertThat(exchange(open, open.request("GET", "/k?response-content-type=text/html"))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aWrongSignatureIsNotAnonymous(COSClient cos, CofferProcess server) {
        TestBucket open = publicBucket(cos, server, "forged");
        open.put("k", "public");
        RawRequest forged =
                open.request("GET", "/k").signed(new RequestSignature(Account.SECRET_ID, "wrong", "0;32557104848"));
        assertThat(exchange(open, forged).errorCode()).isEqualTo("SignatureDoesNotMatch");
    }

    private static TestBucket publicBucket(COSClient cos, CofferProcess server, String name) {
        String bucket = Scratch.bucketName(name, "public");
        CreateBucketRequest request = new CreateBucketRequest(bucket);
        request.setCannedAcl(CannedAccessControlList.PublicRead);
        cos.createBucket(request);
        return new TestBucket(server, cos, bucket);
    }

    private static RawResponse exchange(TestBucket bucket, RawRequest request) {
        return RawConnection.exchange(bucket.server(), request);
    }
}
