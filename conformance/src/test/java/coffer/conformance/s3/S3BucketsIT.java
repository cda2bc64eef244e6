package coffer.conformance.s3;

import static coffer.conformance.S3Sdk.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.Account;
import coffer.conformance.CofferProcess;
import coffer.conformance.S3Sdk;
import coffer.conformance.SharedCoffer;
import coffer.conformance.TestBucket;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.Bucket;
import software.amazon.awssdk.services.s3.model.CORSRule;
import software.amazon.awssdk.services.s3.model.Tag;

/** Buckets by the AWS SDK for Java, in the path and in the host name. */
@ExtendWith(SharedCoffer.class)
class S3BucketsIT {
    private static final String NAME = "s3-made-here";

    @Test
    void isMadeListedAndDeleted(S3Client s3) {
        Instant before = Instant.now().minusSeconds(2);
        assertThat(s3.createBucket(request -> request.bucket(NAME)).location()).isEqualTo("/" + NAME);
        s3.headBucket(request -> request.bucket(NAME));
        assertThat(s3.listBuckets().buckets())
                .filteredOn(bucket -> bucket.name().equals(NAME))
                .singleElement()
                .satisfies(bucket -> assertThat(bucket.creationDate()).isAfter(before));
        s3.deleteBucket(request -> request.bucket(NAME));
        assertThat(s3.listBuckets().buckets()).extracting(Bucket::name).doesNotContain(NAME);
        assertRefused(404, "NoSuchBucket", () -> s3.listObjectsV2(request -> request.bucket(NAME)));
    }

    @Test
    void hasALocation(TestBucket bucket, S3Client s3) {
        assertThat(s3.headBucket(request -> request.bucket(S3Sdk.name(bucket))).bucketRegion())
                .isEqualTo(Account.REGION);
        assertThat(s3.getBucketLocation(request -> request.bucket(S3Sdk.name(bucket)))
                        .locationConstraintAsString())
                .isEqualTo(Account.REGION);
    }

    @Test
    void isReachedByItsFullNameToo(TestBucket bucket, S3Client s3) {
        s3.putObject(request -> request.bucket(bucket.name()).key("k"), RequestBody.fromString("text"));
        assertThat(s3.getObjectAsBytes(
                                request -> request.bucket(S3Sdk.name(bucket)).key("k"))
                        .asUtf8String())
                .isEqualTo("text");
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3.localhost", "s3.us-east-1.amazonaws.com", "s3." + Account.REGION + ".example.com"})
    void isNamedInTheHost(String host, TestBucket bucket, CofferProcess server) {
        try (S3Client s3 = S3Sdk.virtualHosted(server, host)) {
            String name = S3Sdk.name(bucket);
            s3.putObject(request -> request.bucket(name).key("a b/ü+%?&=.txt"), RequestBody.fromString("text"));
            assertThat(s3.getObjectAsBytes(request -> request.bucket(name).key("a b/ü+%?&=.txt"))
                            .asUtf8String())
                    .isEqualTo("text");
            assertThat(s3.listObjectsV2(request -> request.bucket(name)).contents())
                    .hasSize(1);
            assertThat(s3.listBuckets().buckets()).extracting(Bucket::name).contains(name);
        }
    }

    @Test
    void isNotDeletedWithAnObject(TestBucket bucket, S3Client s3) {
        bucket.put("kept", "kept");
        assertRefused(409, "BucketNotEmpty", () -> s3.deleteBucket(request -> request.bucket(S3Sdk.name(bucket))));
    }

    @Test
    void rulesForOtherOrigins(TestBucket bucket, S3Client s3) {
        String name = S3Sdk.name(bucket);
        assertRefused(404, "NoSuchCORSConfiguration", () -> s3.getBucketCors(request -> request.bucket(name)));
        CORSRule rule = CORSRule.builder()
                .allowedMethods("GET", "PUT")
                .allowedOrigins("https://example.com")
                .allowedHeaders("*")
                .maxAgeSeconds(60)
                .build();
        s3.putBucketCors(request -> request.bucket(name).corsConfiguration(cors -> cors.corsRules(rule)));
        assertThat(s3.getBucketCors(request -> request.bucket(name)).corsRules())
                .singleElement()
                .satisfies(read -> {
                    assertThat(read.allowedOrigins()).containsExactly("https://example.com");
                    assertThat(read.allowedMethods()).containsExactlyInAnyOrder("GET", "PUT");
                    assertThat(read.maxAgeSeconds()).isEqualTo(60);
                });
        s3.deleteBucketCors(request -> request.bucket(name));
        assertRefused(404, "NoSuchCORSConfiguration", () -> s3.getBucketCors(request -> request.bucket(name)));
    }

    @Test
    void tags(TestBucket bucket, S3Client s3) {
        String name = S3Sdk.name(bucket);
        Tag tag = Tag.builder().key("team").value("a").build();
        assertRefused(404, "NoSuchTagSet", () -> s3.getBucketTagging(request -> request.bucket(name)));
        s3.putBucketTagging(request -> request.bucket(name).tagging(tags -> tags.tagSet(tag)));
        assertThat(s3.getBucketTagging(request -> request.bucket(name)).tagSet())
                .containsExactly(tag);
        s3.deleteBucketTagging(request -> request.bucket(name));
    }

    @Test
    void whatIsNotThereSaysSo(TestBucket bucket, S3Client s3) {
        assertRefused(
                501,
                "NotImplemented",
                () -> s3.listBucketAnalyticsConfigurations(request -> request.bucket(S3Sdk.name(bucket))));
    }
}
