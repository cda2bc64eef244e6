package coffer.conformance.s3;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.RawRequest;
import coffer.conformance.RawResponse;
import coffer.conformance.S3Sdk;
import coffer.conformance.SharedCoffer;
import coffer.conformance.TestBucket;
import com.qcloud.cos.model.BucketCrossOriginConfiguration;
import com.qcloud.cos.model.CORSRule;
import com.qcloud.cos.model.GetObjectTaggingRequest;
import com.qcloud.cos.model.Tag.Tag;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectLockEnabled;
import software.amazon.awssdk.services.s3.model.ObjectLockMode;
import software.amazon.awssdk.services.s3.model.ObjectLockRetentionMode;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/** Settings that were made by one dialect as the other reads them. */
@ExtendWith(SharedCoffer.class)
class CrossSettingsIT {
    @Test
    void tags(TestBucket bucket, S3Client s3) {
        String name = S3Sdk.name(bucket);
        s3.putObject(request -> request.bucket(name).key("k").tagging("a=b"), RequestBody.fromString("x"));
        assertThat(bucket.cos()
                        .getObjectTagging(new GetObjectTaggingRequest(bucket.name(), "k"))
                        .getTagSet())
                .singleElement()
                .satisfies(
                        tag -> assertThat(tag.getKey() + "=" + tag.getValue()).isEqualTo("a=b"));
        bucket.cos()
                .setObjectTagging(new com.qcloud.cos.model.SetObjectTaggingRequest(
                        bucket.name(), "k", new com.qcloud.cos.model.ObjectTagging(List.of(new Tag("c", "d")))));
        assertThat(s3.getObjectTagging(request -> request.bucket(name).key("k")).tagSet())
                .extracting(software.amazon.awssdk.services.s3.model.Tag::key)
                .containsExactly("c");
    }

    @Test
    void rulesForOtherOrigins(TestBucket bucket, S3Client s3) {
        CORSRule rule = new CORSRule();
        rule.setAllowedOrigins("https://example.com");
        rule.setAllowedMethods(CORSRule.AllowedMethods.GET);
        bucket.cos()
                .setBucketCrossOriginConfiguration(bucket.name(), new BucketCrossOriginConfiguration(List.of(rule)));
        assertThat(s3.getBucketCors(request -> request.bucket(S3Sdk.name(bucket)))
                        .corsRules())
                .singleElement()
                .satisfies(read -> assertThat(read.allowedOrigins()).containsExactly("https://example.com"));
        s3.deleteBucketCors(request -> request.bucket(S3Sdk.name(bucket)));
        assertThat(bucket.cos().getBucketCrossOriginConfiguration(bucket.name()))
                .isNull();
    }

    @Test
    void encryptionByDefault(TestBucket bucket, S3Client s3) {
        RawResponse answer = bucket.exchange(bucket.request("PUT", "/?encryption")
                .body("<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault>"
                        + "<SSEAlgorithm>KMS</SSEAlgorithm></ApplyServerSideEncryptionByDefault></Rule>"
                        + "</ServerSideEncryptionConfiguration>"));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(s3.getBucketEncryption(request -> request.bucket(S3Sdk.name(bucket)))
                        .serverSideEncryptionConfiguration()
                        .rules())
                .singleElement()
                .satisfies(rule -> assertThat(
                                rule.applyServerSideEncryptionByDefault().sseAlgorithm())
                        .isEqualTo(ServerSideEncryption.AWS_KMS));
        s3.putObject(request -> request.bucket(S3Sdk.name(bucket)).key("k"), RequestBody.fromString("secret"));
        assertThat(bucket.cos().getObjectMetadata(bucket.name(), "k").getRawMetadata())
                .containsEntry("x-cos-server-side-encryption", "cos/kms");
    }

    /** What S3 locks COS cannot delete either, and shows when it will. */
    @Test
    void locks(TestBucket bucket, S3Client s3) {
        String name = S3Sdk.name(bucket);
        bucket.enableVersioning();
        s3.putObjectLockConfiguration(request -> request.bucket(name)
                .objectLockConfiguration(config -> config.objectLockEnabled(ObjectLockEnabled.ENABLED)));
        Instant until = Instant.now().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS);
        String version = s3.putObject(
                        request -> request.bucket(name)
                                .key("k")
                                .objectLockMode(ObjectLockMode.GOVERNANCE)
                                .objectLockRetainUntilDate(until),
                        RequestBody.fromString("kept"))
                .versionId();
        assertThat(s3.getObjectRetention(request -> request.bucket(name).key("k"))
                        .retention()
                        .mode())
                .isEqualTo(ObjectLockRetentionMode.GOVERNANCE);
        assertThat(bucket.exchange("HEAD", "/k").header("x-cos-object-lock-mode"))
                .contains("GOVERNANCE");
        assertThat(bucket.exchange("GET", "/k?retention").text())
                .contains(until.toString().substring(0, 19));
        RawResponse refused = bucket.exchange(RawRequest.to("DELETE", bucket.host(), "/k?versionId=" + version));
        assertThat(refused.status() + " " + refused.errorCode()).isEqualTo("409 ObjectLocked");
        s3.deleteObject(
                request -> request.bucket(name).key("k").versionId(version).bypassGovernanceRetention(true));
        assertThat(bucket.versions()).isEmpty();
    }
}
