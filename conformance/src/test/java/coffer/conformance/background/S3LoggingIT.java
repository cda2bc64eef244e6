package coffer.conformance.background;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.Account;
import coffer.conformance.JavaSdk;
import coffer.conformance.S3Sdk;
import coffer.conformance.TestBucket;
import coffer.conformance.accounts.AdminApi;
import com.qcloud.cos.COSClient;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.LoggingEnabled;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PartitionDateSource;
import software.amazon.awssdk.services.s3.model.TargetGrant;
import software.amazon.awssdk.services.s3.model.Type;

/** Access logs as clients of S3 set and read them. */
class S3LoggingIT {
    private AdminApi admin;
    private COSClient cos;
    private TestBucket bucket;
    private TestBucket logs;
    private DeliveredLogs delivered;

    @BeforeEach
    void start() {
        admin = AdminApi.startInDevelopment();
        cos = JavaSdk.client(admin.server());
        bucket = TestBucket.create(admin.server(), cos, "photos-" + Account.APPID);
        logs = TestBucket.create(admin.server(), cos, "logs-" + Account.APPID);
        delivered = new DeliveredLogs(admin, logs);
    }

    @AfterEach
    void stop() {
        cos.shutdown();
        admin.close();
    }

    @Test
    void s3ClientsGetLinesOfS3() {
        try (S3Client s3 = S3Sdk.client(admin.server())) {
            String name = S3Sdk.name(bucket);
            LoggingEnabled enabled = LoggingEnabled.builder()
                    .targetBucket(S3Sdk.name(logs))
                    .targetPrefix("s3/")
                    .targetObjectKeyFormat(format -> format.partitionedPrefix(
                            prefix -> prefix.partitionDateSource(PartitionDateSource.EVENT_TIME)))
                    .build();
            assertThat(s3.getBucketLogging(request -> request.bucket(name)).loggingEnabled())
                    .isNull();
            s3.putBucketLogging(
                    request -> request.bucket(name).bucketLoggingStatus(status -> status.loggingEnabled(enabled)));
            assertThat(s3.getBucketLogging(request -> request.bucket(name)).loggingEnabled())
                    .isEqualTo(enabled);
            assertThat(cos.getBucketLoggingConfiguration(bucket.name()).getDestinationBucketName())
                    .isEqualTo(logs.name());
            s3.putObject(request -> request.bucket(name).key("a b"), RequestBody.fromString("text"));
            try {
                s3.getObjectAsBytes(request -> request.bucket(name).key("missing"));
            } catch (NoSuchKeyException e) {
                assertThat(e.statusCode()).isEqualTo(404);
            }
            List<List<String>> lines =
                    delivered.lines("s3/", 4).stream().map(LogLine::split).toList();
            assertThat(delivered.keys("s3/").getFirst())
                    .matches("s3/" + Account.APPID + "/" + Account.REGION
                            + "/photos/\\d{4}/\\d\\d/\\d\\d/\\d{4}-\\d\\d-\\d\\d-00-00-00-[0-9A-F]{16}");
            assertThat(lines).allSatisfy(line -> assertThat(line).hasSize(26));
            List<String> put = lines.stream()
                    .filter(line -> line.get(6).equals("REST.PUT.OBJECT"))
                    .findFirst()
                    .orElseThrow();
            assertThat(put.get(0)).startsWith("qcs::cam::uin/");
            assertThat(put.get(1)).isEqualTo("photos");
            assertThat(put.get(4)).isEqualTo(put.get(0));
            assertThat(put.get(7)).isEqualTo("a%20b");
            assertThat(put.get(9)).isEqualTo("200");
            assertThat(put.get(12)).isEqualTo("4");
            assertThat(put.get(19)).isEqualTo("SigV4");
            assertThat(put.get(21)).isEqualTo("AuthHeader");
            List<String> get = lines.stream()
                    .filter(line -> line.get(6).equals("REST.GET.OBJECT"))
                    .findFirst()
                    .orElseThrow();
            assertThat(get.get(10)).isEqualTo("NoSuchKey");
            assertThat(lines.stream().map(line -> line.get(6))).contains("REST.GET.LOGGING_STATUS");
        }
    }

    @Test
    void whatS3SaysBeyondThatIsRefused() {
        try (S3Client s3 = S3Sdk.client(admin.server())) {
            String name = S3Sdk.name(bucket);
            LoggingEnabled granting = LoggingEnabled.builder()
                    .targetBucket(S3Sdk.name(logs))
                    .targetPrefix("")
                    .targetGrants(List.of(TargetGrant.builder()
                            .permission("READ")
                            .grantee(
                                    grantee -> grantee.type(Type.CANONICAL_USER).id("somebody"))
                            .build()))
                    .build();
            S3Sdk.assertRefused(
                    501,
                    "NotImplemented",
                    () -> s3.putBucketLogging(request ->
                            request.bucket(name).bucketLoggingStatus(status -> status.loggingEnabled(granting))));
            S3Sdk.assertRefused(
                    400,
                    "InvalidTargetBucketForLogging",
                    () -> s3.putBucketLogging(request -> request.bucket(name)
                            .bucketLoggingStatus(status -> status.loggingEnabled(
                                    enabled -> enabled.targetBucket("missing").targetPrefix("")))));
        }
    }
}
