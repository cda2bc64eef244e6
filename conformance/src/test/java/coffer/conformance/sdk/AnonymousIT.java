package coffer.conformance.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.Account;
import coffer.conformance.CofferProcess;
import coffer.conformance.RawConnection;
import coffer.conformance.RawRequest;
import coffer.conformance.RawResponse;
import coffer.conformance.RequestSignature;
import coffer.conformance.SharedCoffer;
import coffer.conformance.TestBucket;
import com.qcloud.cos.model.CannedAccessControlList;
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
    void aWrongSignatureIsNotAnonymous(TestBucket bucket) {
        bucket.put("k", "public");
        bucket.cos().setObjectAcl(bucket.name(), "k", CannedAccessControlList.PublicRead);
        assertThat(exchange(bucket, bucket.request("GET", "/k")).status()).isEqualTo(200);
        RawRequest forged =
                bucket.request("GET", "/k").signed(new RequestSignature(Account.SECRET_ID, "wrong", "0;32557104848"));
        assertThat(exchange(bucket, forged).errorCode()).isEqualTo("SignatureDoesNotMatch");
    }

    private static RawResponse exchange(TestBucket bucket, RawRequest request) {
        return RawConnection.exchange(bucket.server(), request);
    }
}
