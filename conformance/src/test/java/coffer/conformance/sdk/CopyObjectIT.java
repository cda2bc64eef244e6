package coffer.conformance.sdk;

import static coffer.conformance.Refusals.assertRefused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import coffer.conformance.RawConnection;
import coffer.conformance.RawResponse;
import coffer.conformance.Scratch;
import coffer.conformance.SharedCoffer;
import coffer.conformance.Shows;
import coffer.conformance.TestBucket;
import com.qcloud.cos.exception.CosServiceException;
import com.qcloud.cos.model.CopyObjectRequest;
import com.qcloud.cos.model.CopyObjectResult;
import com.qcloud.cos.model.ObjectMetadata;
import java.time.Instant;
import java.util.Date;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PUT Object - Copy. */
@Shows("CopyObject")
@ExtendWith(SharedCoffer.class)
class CopyObjectIT {
    private static final String OTHER_ETAG = "0123456789abcdef0123456789abcdef";

    @Test
    void copiesBytesHeadersAndMetadata(TestBucket source, TestBucket target) {
        byte[] bytes = Scratch.bytes(200_000, 5);
        ObjectMetadata metadata = new ObjectMetadata();
        metadata.setContentType("image/png");
        metadata.addUserMetadata("colour", "green");
        source.put("a", bytes, metadata);
        CopyObjectResult copied = source.cos().copyObject(source.name(), "a", target.name(), "b/c");

        ObjectMetadata original = source.cos().getObjectMetadata(source.name(), "a");
        assertThat(copied.getETag()).isEqualTo(original.getETag());
        assertThat(copied.getCrc64Ecma()).isEqualTo(original.getCrc64Ecma());
        assertThat(target.bytes("b/c")).isEqualTo(bytes);
        ObjectMetadata copy = target.cos().getObjectMetadata(target.name(), "b/c");
        assertThat(copy.getContentType()).isEqualTo("image/png");
        assertThat(copy.getUserMetadata()).containsEntry("colour", "green");
    }

    @Test
    void replacesMetadataWhenAsked(TestBucket bucket) {
        ObjectMetadata metadata = new ObjectMetadata();
        metadata.addUserMetadata("colour", "green");
        bucket.put("a", "text".getBytes(UTF_8), metadata);
        ObjectMetadata replacement = new ObjectMetadata();
        replacement.setContentType("text/css");
        replacement.addUserMetadata("shape", "round");
        CopyObjectRequest request = request(bucket, "a", "b");
        request.setNewObjectMetadata(replacement);
        bucket.cos().copyObject(request);
        ObjectMetadata copy = bucket.cos().getObjectMetadata(bucket.name(), "b");
        assertThat(copy.getContentType()).isEqualTo("text/css");
        assertThat(copy.getUserMetadata()).containsEntry("shape", "round").doesNotContainKey("colour");
        assertThat(bucket.text("b")).isEqualTo("text");
    }

    @Test
    void theClassIsNotCopied(TestBucket bucket) {
        ObjectMetadata metadata = new ObjectMetadata();
        metadata.setHeader("x-cos-storage-class", "STANDARD_IA");
        bucket.put("a", "text".getBytes(UTF_8), metadata);
        bucket.cos().copyObject(request(bucket, "a", "b"));
        assertThat(bucket.cos().getObjectMetadata(bucket.name(), "b").getStorageClass())
                .isNull();
        CopyObjectRequest again = request(bucket, "a", "c");
        again.setStorageClass("Standard_IA");
        bucket.cos().copyObject(again);
        assertThat(bucket.cos().getObjectMetadata(bucket.name(), "c").getStorageClass())
                .isEqualTo("STANDARD_IA");
    }

    @Test
    void onToItselfNeedsAChange(TestBucket bucket) {
        bucket.put("a", "text");
        CosServiceException refused =
                assertThrows(CosServiceException.class, () -> bucket.cos().copyObject(request(bucket, "a", "a")));
        assertThat(refused.getErrorCode()).isIn("InvalidRequest", "InvalidArgument");
        assertThat(refused.getStatusCode()).isEqualTo(400);
        CopyObjectRequest changed = request(bucket, "a", "a");
        ObjectMetadata metadata = new ObjectMetadata();
        metadata.addUserMetadata("v", "2");
        changed.setNewObjectMetadata(metadata);
        bucket.cos().copyObject(changed);
        assertThat(bucket.cos().getObjectMetadata(bucket.name(), "a").getUserMetadata())
                .containsEntry("v", "2");
    }

    @Test
    void honoursConditionsOnTheSource(TestBucket bucket) {
        String etag = bucket.put("a", "text").getETag();
        Date past = Date.from(Instant.now().minusSeconds(3600));
        Date future = Date.from(Instant.now().plusSeconds(3600));

        // The SDK turns 412 into null.
        assertThat(copy(bucket, request(bucket, "a", "n1").withMatchingETagConstraint(OTHER_ETAG)))
                .isNull();
        assertThat(copy(bucket, request(bucket, "a", "n2").withNonmatchingETagConstraint(etag)))
                .isNull();
        assertThat(copy(bucket, request(bucket, "a", "n3").withModifiedSinceConstraint(future)))
                .isNull();
        assertThat(copy(bucket, request(bucket, "a", "n4").withUnmodifiedSinceConstraint(past)))
                .isNull();
        assertThat(bucket.cos().listObjects(bucket.name()).getObjectSummaries()).hasSize(1);

        assertThat(copy(bucket, request(bucket, "a", "y1").withMatchingETagConstraint(etag)))
                .isNotNull();
        assertThat(copy(bucket, request(bucket, "a", "y2").withNonmatchingETagConstraint(OTHER_ETAG)))
                .isNotNull();
        assertThat(copy(bucket, request(bucket, "a", "y3").withModifiedSinceConstraint(past)))
                .isNotNull();
        assertThat(copy(bucket, request(bucket, "a", "y4").withUnmodifiedSinceConstraint(future)))
                .isNotNull();
    }

    @Test
    void aMissingSourceIsNotFound(TestBucket bucket) {
        CosServiceException refused =
                assertThrows(CosServiceException.class, () -> bucket.cos().copyObject(request(bucket, "no", "b")));
        assertThat(refused.getStatusCode()).isEqualTo(404);
        assertThat(refused.getErrorCode()).isIn("NoSuchKey", "NoSuchCopySource");
    }

    @Test
    void aMissingSourceBucketIsNotFound(TestBucket bucket) {
        assertRefused(
                404, "NoSuchBucket", () -> bucket.cos().copyObject("missing-1250000000", "a", bucket.name(), "b"));
    }

    /** Whatever follows the first label: another region, another suffix, a port; and S3's two short forms. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "%s.cos.ap-guangzhou.myqcloud.com/a%%20b",
                "%s.cos.ap-guangzhou.tencentcos.cn/a%%20b",
                "%s.cos.ap-nanjing.myqcloud.com/a%%20b",
                "%s.cos.local:9000/a%%20b",
                "/%s/a%%20b",
                "%s/a%%20b",
            })
    void readsEverySpellingOfTheSource(String pattern, TestBucket bucket) {
        bucket.put("a b", "text");
        RawResponse answer = rawCopy(bucket, String.format(pattern, bucket.name()));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.elementNames()).startsWith("ETag", "CRC64", "LastModified");
        assertThat(answer.element("ETag")).isEqualTo("\"1cb251ec0d568de6a929b520c4aed8d1\"");
        assertThat(answer.element("LastModified")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
        assertThat(bucket.text("copy")).isEqualTo("text");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "%zz", "/", "bucket-1250000000.cos.ap-guangzhou.myqcloud.com/"})
    void refusesASourceThatIsNone(String source, TestBucket bucket) {
        RawResponse answer = rawCopy(bucket, source);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.errorCode()).isEqualTo("InvalidCopySource");
    }

    private static RawResponse rawCopy(TestBucket bucket, String source) {
        return RawConnection.exchange(
                bucket.server(),
                bucket.request("PUT", "/copy")
                        .header("x-cos-copy-source", source)
                        .header("Content-Length", "0")
                        .signed());
    }

    private static CopyObjectRequest request(TestBucket bucket, String from, String to) {
        return new CopyObjectRequest(bucket.name(), from, bucket.name(), to);
    }

    private static CopyObjectResult copy(TestBucket bucket, CopyObjectRequest request) {
        return bucket.cos().copyObject(request);
    }
}
