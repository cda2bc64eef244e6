package coffer.conformance.sdk;

import static coffer.conformance.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.Account;
import coffer.conformance.JavaSdk;
import coffer.conformance.RawConnection;
import coffer.conformance.RawRequest;
import coffer.conformance.RawResponse;
import coffer.conformance.RequestSignature;
import coffer.conformance.SharedCoffer;
import coffer.conformance.TestBucket;
import com.qcloud.cos.COSClient;
import com.qcloud.cos.auth.BasicCOSCredentials;
import com.qcloud.cos.auth.COSCredentials;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Requests that say who they are, rightly and wrongly. */
@ExtendWith(SharedCoffer.class)
class AuthenticationIT {
    @Test
    void refusesAnUnknownKey(TestBucket bucket) {
        COSCredentials stranger = new BasicCOSCredentials("AKIDstranger", Account.SECRET_KEY);
        as(bucket, stranger, cos -> assertRefused(403, "InvalidAccessKeyId", () -> cos.listObjects(bucket.name())));
    }

    @Test
    void refusesAWrongSecret(TestBucket bucket) {
        COSCredentials forger = new BasicCOSCredentials(Account.SECRET_ID, "wrongSecret");
        as(bucket, forger, cos -> {
            assertRefused(403, "SignatureDoesNotMatch", () -> cos.listObjects(bucket.name()));
            assertRefused(403, "SignatureDoesNotMatch", () -> cos.putObject(bucket.name(), "k", "text"));
        });
        assertThat(bucket.cos().doesObjectExist(bucket.name(), "k")).isFalse();
    }

    @Test
    void refusesASignatureThatHasExpired(TestBucket bucket) {
        long now = Instant.now().getEpochSecond();
        RawResponse answer = get(bucket, key((now - 7200) + ";" + (now - 3600)));
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.errorCode()).isEqualTo("AccessDenied");
        assertThat(answer.element("Message")).contains("Request has expired");
    }

    @Test
    void refusesASignatureFromTheFarFuture(TestBucket bucket) {
        long now = Instant.now().getEpochSecond();
        RawResponse answer = get(bucket, key((now + 3600) + ";" + (now + 7200)));
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.errorCode()).isEqualTo("RequestTimeTooSkewed");
    }

    @Test
    void acceptsAClockThatIsALittleFast(TestBucket bucket) {
        long now = Instant.now().getEpochSecond();
        assertThat(get(bucket, key((now + 600) + ";" + (now + 7200))).status()).isEqualTo(200);
    }

    @Test
    void acceptsASignatureForFiftyYears(TestBucket bucket) {
        long now = Instant.now().getEpochSecond();
        assertThat(get(bucket, key((now - 60) + ";32557104848")).status()).isEqualTo(200);
    }

    @Test
    void refusesWhatWasChangedAfterSigning(TestBucket bucket) {
        RawRequest request = bucket.request("PUT", "/k")
                .header("x-cos-meta-a", "1")
                .body("text")
                .signed();
        RawResponse answer = RawConnection.exchange(bucket.server(), request.header("x-cos-meta-a", "2"));
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.errorCode()).isEqualTo("SignatureDoesNotMatch");
        assertThat(bucket.cos().doesObjectExist(bucket.name(), "k")).isFalse();
    }

    /** The SDKs add such headers after they have signed. */
    @Test
    void acceptsHeadersOutsideTheSignature(TestBucket bucket) {
        RawRequest request = bucket.request("PUT", "/k").body("text").signed();
        RawResponse answer = RawConnection.exchange(
                bucket.server(), request.header("x-cos-sdk-log-debug", "on").header("x-cos-sdk-retry", "true"));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    /** Python signs the name without the port that it then sends. */
    @Test
    void acceptsTheHostSignedWithoutItsPort(TestBucket bucket) {
        RawRequest request = bucket.request("GET", "/").signed();
        RawResponse answer = RawConnection.exchange(
                bucket.server(),
                request.header(
                        "Host", bucket.host() + ":" + bucket.server().address().getPort()));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    /** Node, Go and Java sign what they send, the port included. */
    @Test
    void acceptsTheHostSignedWithItsPort(TestBucket bucket) {
        String host = bucket.host() + ":" + bucket.server().address().getPort();
        RawResponse answer = RawConnection.exchange(
                bucket.server(), RawRequest.to("GET", host, "/").signed());
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    @Test
    void acceptsAHostInCapitals(TestBucket bucket) {
        RawRequest request = bucket.request("GET", "/").signed();
        RawResponse answer = RawConnection.exchange(
                bucket.server(),
                request.header("Host", bucket.host().replace(".cos.", ".COS.").replace("myqcloud", "MyQCloud")));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    @Test
    void saysWhatItSignedWhenSignaturesDiffer(TestBucket bucket) {
        RawResponse answer = get(bucket, new RequestSignature(Account.SECRET_ID, "wrongSecret", key("").keyTime()));
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.elementNames()).startsWith("Code", "Message", "Resource", "RequestId", "TraceId");
        assertThat(answer.text()).doesNotContain(Account.SECRET_KEY);
    }

    private interface Use {
        void of(COSClient cos);
    }

    private static void as(TestBucket bucket, COSCredentials credentials, Use use) {
        COSClient cos = JavaSdk.client(bucket.server(), credentials);
        try {
            use.of(cos);
        } finally {
            cos.shutdown();
        }
    }

    private static RequestSignature key(String time) {
        return new RequestSignature(
                Account.SECRET_ID,
                Account.SECRET_KEY,
                time.isEmpty() ? RequestSignature.validAt(Instant.now()).keyTime() : time);
    }

    private static RawResponse get(TestBucket bucket, RequestSignature signature) {
        return RawConnection.exchange(
                bucket.server(), bucket.request("GET", "/").signed(signature));
    }
}
