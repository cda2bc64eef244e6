package coffer.conformance.sdk;

import static coffer.conformance.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.RawConnection;
import coffer.conformance.RawResponse;
import coffer.conformance.Scratch;
import coffer.conformance.SharedCoffer;
import coffer.conformance.TestBucket;
import com.qcloud.cos.model.COSObject;
import com.qcloud.cos.model.GetObjectRequest;
import com.qcloud.cos.model.ObjectMetadata;
import com.qcloud.cos.model.PutObjectRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** x-cos-traffic-limit: bits a second of one body. */
@ExtendWith(SharedCoffer.class)
class TrafficLimitIT {
    private static final int SLOWEST = 819_200;
    /** Two seconds at the slowest; half of that is asked for, as the first bytes may come in one burst. */
    private static final byte[] BYTES = Scratch.bytes(2 * SLOWEST / 8, 1);

    private static final Duration AT_LEAST = Duration.ofSeconds(1);

    @Test
    void slowsADownload(TestBucket bucket) throws IOException {
        bucket.put("k", BYTES);
        GetObjectRequest request = new GetObjectRequest(bucket.name(), "k");
        request.setTrafficLimit(SLOWEST);
        Instant start = Instant.now();
        try (COSObject object = bucket.cos().getObject(request)) {
            assertThat(object.getObjectContent().readAllBytes()).isEqualTo(BYTES);
        }
        assertThat(Duration.between(start, Instant.now())).isGreaterThan(AT_LEAST);
    }

    @Test
    void slowsAnUpload(TestBucket bucket) {
        PutObjectRequest request = put(bucket);
        request.setTrafficLimit(SLOWEST);
        Instant start = Instant.now();
        bucket.cos().putObject(request);
        assertThat(Duration.between(start, Instant.now())).isGreaterThan(AT_LEAST);
        assertThat(bucket.bytes("k")).isEqualTo(BYTES);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, SLOWEST - 1, 838_860_801})
    void refusesALimitOutsideItsRange(int limit, TestBucket bucket) {
        PutObjectRequest request = put(bucket);
        request.setTrafficLimit(limit);
        assertRefused(400, "InvalidArgument", () -> bucket.cos().putObject(request));
        assertThat(bucket.cos().doesObjectExist(bucket.name(), "k")).isFalse();
    }

    @Test
    void refusesALimitThatIsNoNumberInTheQueryToo(TestBucket bucket) {
        bucket.put("k", "text");
        RawResponse answer = RawConnection.exchange(
                bucket.server(),
                bucket.request("GET", "/k?x-cos-traffic-limit=fast").signed());
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.errorCode()).isEqualTo("InvalidArgument");
    }

    private static PutObjectRequest put(TestBucket bucket) {
        ObjectMetadata metadata = new ObjectMetadata();
        metadata.setContentLength(BYTES.length);
        return new PutObjectRequest(bucket.name(), "k", new ByteArrayInputStream(BYTES), metadata);
    }
}
