package coffer.conformance.s3;

import static coffer.conformance.S3Sdk.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.S3Sdk;
import coffer.conformance.SharedCoffer;
import coffer.conformance.TestBucket;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.ObjectLockLegalHoldStatus;
import software.amazon.awssdk.services.s3.model.ObjectLockRetentionMode;
import software.amazon.awssdk.services.s3.model.ObjectVersion;

/** Versions and object lock by the AWS SDK for Java. */
@ExtendWith(SharedCoffer.class)
class S3VersionsIT {
    @Test
    void areKeptListedAndDeleted(TestBucket bucket, S3Client s3) {
        String name = S3Sdk.name(bucket);
        s3.putBucketVersioning(request ->
                request.bucket(name).versioningConfiguration(config -> config.status(BucketVersioningStatus.ENABLED)));
        assertThat(s3.getBucketVersioning(request -> request.bucket(name)).status())
                .isEqualTo(BucketVersioningStatus.ENABLED);
        String first = put(s3, name, "first");
        String second = put(s3, name, "second");
        assertThat(s3.getObjectAsBytes(request -> request.bucket(name).key("k").versionId(first))
                        .asUtf8String())
                .isEqualTo("first");
        DeleteObjectResponse marker =
                s3.deleteObject(request -> request.bucket(name).key("k"));
        assertThat(marker.deleteMarker()).isTrue();
        assertRefused(
                404,
                "NoSuchKey",
                () -> s3.getObjectAsBytes(request -> request.bucket(name).key("k")));
        var listed = s3.listObjectVersions(request -> request.bucket(name));
        assertThat(listed.versions()).extracting(ObjectVersion::versionId).containsExactly(second, first);
        assertThat(listed.deleteMarkers()).singleElement().satisfies(found -> {
            assertThat(found.versionId()).isEqualTo(marker.versionId());
            assertThat(found.isLatest()).isTrue();
        });
        s3.deleteObject(request -> request.bucket(name).key("k").versionId(marker.versionId()));
        assertThat(bucket.text("k")).isEqualTo("second");
    }

    @Test
    void areLockedFromTheBucketsBeginning(S3Client s3) {
        String name = "s3-locked-from-birth";
        s3.createBucket(request -> request.bucket(name).objectLockEnabledForBucket(true));
        assertThat(s3.getObjectLockConfiguration(request -> request.bucket(name))
                        .objectLockConfiguration()
                        .objectLockEnabledAsString())
                .isEqualTo("Enabled");
        String version = put(s3, name, "kept");
        Instant until = Instant.now().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS);
        s3.putObjectRetention(request -> request.bucket(name)
                .key("k")
                .versionId(version)
                .retention(retention ->
                        retention.mode(ObjectLockRetentionMode.GOVERNANCE).retainUntilDate(until)));
        var retention = s3.getObjectRetention(
                        request -> request.bucket(name).key("k").versionId(version))
                .retention();
        assertThat(retention.mode()).isEqualTo(ObjectLockRetentionMode.GOVERNANCE);
        assertThat(retention.retainUntilDate()).isEqualTo(until);
        assertRefused(
                403,
                "AccessDenied",
                () -> s3.deleteObject(request -> request.bucket(name).key("k").versionId(version)));
        s3.putObjectLegalHold(
                request -> request.bucket(name).key("k").legalHold(hold -> hold.status(ObjectLockLegalHoldStatus.ON)));
        assertThat(s3.getObjectLegalHold(request -> request.bucket(name).key("k"))
                        .legalHold()
                        .status())
                .isEqualTo(ObjectLockLegalHoldStatus.ON);
        assertRefused(
                403,
                "AccessDenied",
                () -> s3.deleteObject(request ->
                        request.bucket(name).key("k").versionId(version).bypassGovernanceRetention(true)));
        s3.putObjectLegalHold(
                request -> request.bucket(name).key("k").legalHold(hold -> hold.status(ObjectLockLegalHoldStatus.OFF)));
        s3.deleteObject(
                request -> request.bucket(name).key("k").versionId(version).bypassGovernanceRetention(true));
        s3.deleteBucket(request -> request.bucket(name));
    }

    private static String put(S3Client s3, String bucket, String text) {
        return s3.putObject(request -> request.bucket(bucket).key("k"), RequestBody.fromString(text))
                .versionId();
    }
}
