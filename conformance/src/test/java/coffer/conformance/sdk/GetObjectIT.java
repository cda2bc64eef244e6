package coffer.conformance.sdk;

import static coffer.conformance.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.Scratch;
import coffer.conformance.SharedCoffer;
import coffer.conformance.Shows;
import coffer.conformance.TestBucket;
import com.qcloud.cos.model.COSObject;
import com.qcloud.cos.model.GetObjectRequest;
import com.qcloud.cos.model.ObjectMetadata;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** GET Object: ranges and conditions. */
@Shows({"GetObject", "HeadObject"})
@ExtendWith(SharedCoffer.class)
class GetObjectIT {
    private static final int SIZE = 300_000;
    private static final byte[] BYTES = Scratch.bytes(SIZE, 42);

    @ParameterizedTest(name = "bytes={0}-{1}")
    @CsvSource({"0, 0", "0, 99", "100000, 200000", "299999, 299999", "299990, 400000", "65535, 65536"})
    void givesARangeOfBytes(int first, int last, TestBucket bucket) throws IOException {
        bucket.put("k", BYTES);
        GetObjectRequest request = request(bucket);
        request.setRange(first, last);
        int end = Math.min(last, SIZE - 1);
        try (COSObject part = bucket.cos().getObject(request)) {
            assertThat(part.getObjectContent().readAllBytes()).isEqualTo(Arrays.copyOfRange(BYTES, first, end + 1));
            assertThat(part.getObjectMetadata().getRawMetadataValue("Content-Range"))
                    .isEqualTo("bytes " + first + "-" + end + "/" + SIZE);
            assertThat(part.getObjectMetadata().getInstanceLength()).isEqualTo(SIZE);
        }
    }

    @Test
    void aRangeCarriesTheChecksumsOfTheWhole(TestBucket bucket) throws IOException {
        bucket.put("k", BYTES);
        ObjectMetadata whole = bucket.cos().getObjectMetadata(bucket.name(), "k");
        GetObjectRequest request = request(bucket);
        request.setRange(1, 2);
        try (COSObject part = bucket.cos().getObject(request)) {
            assertThat(part.getObjectMetadata().getETag()).isEqualTo(whole.getETag());
            assertThat(part.getObjectMetadata().getCrc64Ecma()).isEqualTo(whole.getCrc64Ecma());
        }
    }

    @Test
    void aRangeBeyondTheEndIsRefused(TestBucket bucket) {
        bucket.put("k", BYTES);
        GetObjectRequest request = request(bucket);
        request.setRange(SIZE, SIZE + 10);
        assertRefused(416, "InvalidRange", () -> bucket.cos().getObject(request));
    }

    @Test
    void matchesTheETag(TestBucket bucket) throws IOException {
        String etag = bucket.put("k", "text").getETag();
        GetObjectRequest equal = request(bucket).withMatchingETagConstraint(etag);
        try (COSObject object = bucket.cos().getObject(equal)) {
            assertThat(object.getObjectMetadata().getContentLength()).isEqualTo(4);
        }
        // The SDK turns 412 and 304 into null.
        GetObjectRequest other = request(bucket).withMatchingETagConstraint("0123456789abcdef0123456789abcdef");
        assertThat(bucket.cos().getObject(other)).isNull();
    }

    @Test
    void matchesNoneOfTheETags(TestBucket bucket) throws IOException {
        String etag = bucket.put("k", "text").getETag();
        assertThat(bucket.cos().getObject(request(bucket).withNonmatchingETagConstraint(etag)))
                .isNull();
        GetObjectRequest other = request(bucket).withNonmatchingETagConstraint("0123456789abcdef0123456789abcdef");
        try (COSObject object = bucket.cos().getObject(other)) {
            assertThat(object.getObjectMetadata().getContentLength()).isEqualTo(4);
        }
    }

    @Test
    void knowsWhetherItWasModifiedSince(TestBucket bucket) throws IOException {
        bucket.put("k", "text");
        Date past = Date.from(Instant.now().minusSeconds(3600));
        Date future = Date.from(Instant.now().plusSeconds(3600));
        assertThat(bucket.cos().getObject(request(bucket).withModifiedSinceConstraint(future)))
                .isNull();
        assertThat(bucket.cos().getObject(request(bucket).withUnmodifiedSinceConstraint(past)))
                .isNull();
        try (COSObject newer = bucket.cos().getObject(request(bucket).withModifiedSinceConstraint(past));
                COSObject older = bucket.cos().getObject(request(bucket).withUnmodifiedSinceConstraint(future))) {
            assertThat(newer.getObjectMetadata().getContentLength()).isEqualTo(4);
            assertThat(older.getObjectMetadata().getContentLength()).isEqualTo(4);
        }
    }

    @Test
    void anAbsentKeyIsNamed(TestBucket bucket) {
        assertThat(assertRefused(404, "NoSuchKey", () -> bucket.cos().getObject(bucket.name(), "ab/sent"))
                        .getErrorResponseXml())
                .contains("<Resource>" + bucket.host() + "/ab/sent</Resource>");
    }

    private static GetObjectRequest request(TestBucket bucket) {
        return new GetObjectRequest(bucket.name(), "k");
    }
}
