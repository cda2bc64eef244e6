package coffer.conformance.sdk;

import static coffer.conformance.Refusals.assertRefused;
import static coffer.conformance.Refusals.assertStatus;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.Account;
import coffer.conformance.SharedCoffer;
import coffer.conformance.Shows;
import coffer.conformance.TestBucket;
import com.qcloud.cos.COSClient;
import com.qcloud.cos.model.AbortMultipartUploadRequest;
import com.qcloud.cos.model.HeadBucketRequest;
import com.qcloud.cos.model.HeadBucketResult;
import com.qcloud.cos.model.InitiateMultipartUploadRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** PUT, HEAD and DELETE Bucket, GET Bucket location. */
@Shows({"PutBucket", "HeadBucket", "DeleteBucket", "GetBucketLocation"})
@ExtendWith(SharedCoffer.class)
class BucketIT {
    private static final String ABSENT = "never-made-" + Account.APPID;

    @Test
    void existsOnceCreated(TestBucket bucket) {
        assertThat(bucket.cos().doesBucketExist(bucket.name())).isTrue();
        assertThat(bucket.cos().doesBucketExist(ABSENT)).isFalse();
    }

    @Test
    void headTellsTheRegion(TestBucket bucket) {
        HeadBucketResult head = bucket.cos().headBucket(new HeadBucketRequest(bucket.name()));
        assertThat(head.getBucketRegion()).isEqualTo(Account.REGION);
        assertThat(head.isMazBucket()).isFalse();
        assertThat(head.isMergeBucket()).isFalse();
    }

    @Test
    void locationIsTheRegion(TestBucket bucket) {
        assertThat(bucket.cos().getBucketLocation(bucket.name())).isEqualTo(Account.REGION);
    }

    @Test
    void isNotCreatedTwice(TestBucket bucket) {
        assertRefused(409, "BucketAlreadyOwnedByYou", () -> bucket.cos().createBucket(bucket.name()));
    }

    @Test
    void isGoneOnceDeleted(TestBucket bucket) {
        bucket.cos().deleteBucket(bucket.name());
        assertThat(bucket.cos().doesBucketExist(bucket.name())).isFalse();
        assertRefused(404, "NoSuchBucket", () -> bucket.cos().listObjects(bucket.name()));
        assertRefused(404, "NoSuchBucket", () -> bucket.cos().deleteBucket(bucket.name()));
    }

    @Test
    void canBeCreatedAgainEmpty(TestBucket bucket) {
        bucket.put("a", "b");
        bucket.cos().deleteObject(bucket.name(), "a");
        bucket.cos().deleteBucket(bucket.name());
        bucket.cos().createBucket(bucket.name());
        assertThat(bucket.cos().listObjects(bucket.name()).getObjectSummaries()).isEmpty();
    }

    @Test
    void isNotDeletedWithAnObject(TestBucket bucket) {
        bucket.put("kept", "kept");
        assertRefused(409, "BucketNotEmpty", () -> bucket.cos().deleteBucket(bucket.name()));
        assertThat(bucket.text("kept")).isEqualTo("kept");
    }

    @Test
    void isNotDeletedWithAnUnfinishedUpload(TestBucket bucket) {
        COSClient cos = bucket.cos();
        String upload = cos.initiateMultipartUpload(new InitiateMultipartUploadRequest(bucket.name(), "film"))
                .getUploadId();
        assertRefused(409, "BucketNotEmpty", () -> cos.deleteBucket(bucket.name()));
        cos.abortMultipartUpload(new AbortMultipartUploadRequest(bucket.name(), "film", upload));
        cos.deleteBucket(bucket.name());
    }

    @Test
    void everyOperationNeedsTheBucket(COSClient cos) {
        assertStatus(404, () -> cos.headBucket(new HeadBucketRequest(ABSENT)));
        assertRefused(404, "NoSuchBucket", () -> cos.getBucketLocation(ABSENT));
        assertRefused(404, "NoSuchBucket", () -> cos.putObject(ABSENT, "a", "b"));
        assertRefused(404, "NoSuchBucket", () -> cos.getObject(ABSENT, "a"));
        assertRefused(404, "NoSuchBucket", () -> cos.deleteObject(ABSENT, "a"));
        assertRefused(
                404,
                "NoSuchBucket",
                () -> cos.initiateMultipartUpload(new InitiateMultipartUploadRequest(ABSENT, "a")));
    }

    @Test
    void anotherAccountsNumberIsRefused(COSClient cos) {
        // COS answers one of two codes here; its pages do not say when which.
        assertThat(org.junit.jupiter.api.Assertions.assertThrows(
                                com.qcloud.cos.exception.CosServiceException.class,
                                () -> cos.createBucket("mine-1250000001"))
                        .getErrorCode())
                .isIn("AccessDenied", "InvalidBucketName");
    }
}
