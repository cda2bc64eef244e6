package coffer.conformance.s3;

import static coffer.conformance.S3Sdk.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.CofferProcess;
import coffer.conformance.JavaSdk;
import coffer.conformance.S3Sdk;
import coffer.conformance.Scratch;
import coffer.conformance.SharedCoffer;
import coffer.conformance.TestBucket;
import com.qcloud.cos.COSClient;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.OptionalObjectAttributes;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.StorageClass;
import software.amazon.awssdk.services.s3.model.Tier;

/** Archived objects and RestoreObject by the AWS SDK for Java. */
@ExtendWith(SharedCoffer.class)
class S3RestoreIT {
    private static void put(S3Client s3, String bucket, String key, StorageClass storageClass) {
        s3.putObject(
                request -> request.bucket(bucket).key(key).storageClass(storageClass), RequestBody.fromString("text"));
    }

    private static void restore(S3Client s3, String bucket, String key, int days, Tier tier) {
        s3.restoreObject(request -> request.bucket(bucket)
                .key(key)
                .restoreRequest(restore -> restore.days(days).glacierJobParameters(job -> job.tier(tier))));
    }

    private static String text(S3Client s3, String bucket, String key) {
        return s3.getObjectAsBytes(request -> request.bucket(bucket).key(key)).asUtf8String();
    }

    private static S3Object listed(S3Client s3, String bucket) {
        return s3.listObjectsV2(request ->
                        request.bucket(bucket).optionalObjectAttributes(OptionalObjectAttributes.RESTORE_STATUS))
                .contents()
                .getFirst();
    }

    @ParameterizedTest
    @EnumSource(
            value = StorageClass.class,
            names = {"GLACIER", "DEEP_ARCHIVE"})
    void isReadableOnceItIsRestored(StorageClass storageClass, TestBucket bucket, S3Client s3) {
        String name = S3Sdk.name(bucket);
        put(s3, name, "k", storageClass);
        assertRefused(403, "InvalidObjectState", () -> text(s3, name, "k"));
        assertRefused(
                403,
                "InvalidObjectState",
                () -> s3.copyObject(request -> request.sourceBucket(name)
                        .sourceKey("k")
                        .destinationBucket(name)
                        .destinationKey("copy")));
        assertThat(listed(s3, name).restoreStatus()).isNull();
        assertThat(listed(s3, name).storageClassAsString()).isEqualTo(storageClass.toString());
        restore(s3, name, "k", 1, Tier.STANDARD);
        restore(s3, name, "k", 2, Tier.BULK);
        assertThat(text(s3, name, "k")).isEqualTo("text");
        HeadObjectResponse head = s3.headObject(request -> request.bucket(name).key("k"));
        assertThat(head.restore()).startsWith("ongoing-request=\"false\", expiry-date=\"");
        assertThat(head.storageClass()).isEqualTo(storageClass);
        assertThat(listed(s3, name).restoreStatus().isRestoreInProgress()).isFalse();
        assertThat(head.restore())
                .contains(DateTimeFormatter.ofPattern("dd MMM yyyy HH:mm:ss", Locale.ROOT)
                        .withZone(ZoneOffset.UTC)
                        .format(listed(s3, name).restoreStatus().restoreExpiryDate()));
        assertThat(s3.listObjectsV2(request -> request.bucket(name))
                        .contents()
                        .getFirst()
                        .restoreStatus())
                .as("not asked for")
                .isNull();
    }

    @Test
    void refusesWhatCannotBeRestored(TestBucket bucket, S3Client s3) {
        String name = S3Sdk.name(bucket);
        put(s3, name, "k", StorageClass.GLACIER_IR);
        assertRefused(403, "InvalidObjectState", () -> restore(s3, name, "k", 1, Tier.STANDARD));
        assertRefused(404, "NoSuchKey", () -> restore(s3, name, "absent", 1, Tier.STANDARD));
        put(s3, name, "deep", StorageClass.DEEP_ARCHIVE);
        assertRefused(400, "InvalidArgument", () -> restore(s3, name, "deep", 1, Tier.EXPEDITED));
        assertRefused(400, "InvalidArgument", () -> restore(s3, name, "deep", 0, Tier.BULK));
    }

    @Test
    void isOngoingForAWhile() {
        try (CofferProcess server = CofferProcess.start(
                        Scratch.directory("s3-restore-").resolve("data"), Map.of("COFFER_RESTORE_DELAY", "bulk=1h"));
                S3Client s3 = S3Sdk.client(server)) {
            COSClient cos = JavaSdk.client(server);
            String name = S3Sdk.name(TestBucket.create(server, cos, "slow-1250000000"));
            put(s3, name, "k", StorageClass.GLACIER);
            restore(s3, name, "k", 1, Tier.BULK);
            assertThat(s3.headObject(request -> request.bucket(name).key("k")).restore())
                    .isEqualTo("ongoing-request=\"true\"");
            assertThat(listed(s3, name).restoreStatus().isRestoreInProgress()).isTrue();
            assertRefused(409, "RestoreAlreadyInProgress", () -> restore(s3, name, "k", 1, Tier.BULK));
            assertRefused(403, "InvalidObjectState", () -> text(s3, name, "k"));
            cos.shutdown();
        }
    }
}
