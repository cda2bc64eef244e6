package coffer.conformance.background;

import static coffer.conformance.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.Account;
import coffer.conformance.JavaSdk;
import coffer.conformance.RawResponse;
import coffer.conformance.S3Sdk;
import coffer.conformance.Shows;
import coffer.conformance.TestBucket;
import coffer.conformance.accounts.AdminApi;
import com.qcloud.cos.COSClient;
import com.qcloud.cos.model.BucketReplicationConfiguration;
import com.qcloud.cos.model.BucketVersioningConfiguration;
import com.qcloud.cos.model.COSVersionSummary;
import com.qcloud.cos.model.CannedAccessControlList;
import com.qcloud.cos.model.ListVersionsRequest;
import com.qcloud.cos.model.ObjectMetadata;
import com.qcloud.cos.model.PutObjectRequest;
import com.qcloud.cos.model.ReplicationDestinationConfig;
import com.qcloud.cos.model.ReplicationRule;
import com.qcloud.cos.model.ReplicationRuleStatus;
import com.qcloud.cos.model.SetBucketVersioningConfigurationRequest;
import com.qcloud.cos.model.StorageClass;
import com.qcloud.cos.model.VersionListing;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteMarkerReplicationStatus;

/** Buckets are copied to others of this server and of other stores, once and completely. */
@Shows({"GetBucketReplication", "PutBucketReplication", "DeleteBucketReplication"})
class ReplicationIT {
    private static final String ROLE = "qcs::cam::uin/100000000001:uin/100000000001";

    /** 32 times {@code k}. */
    private static final String KEY = "a2tra2tra2tra2tra2tra2tra2tra2tra2tra2tra2s=";

    private static final String KEY_MD5 = "mT2HRsMGJ5IX5C+0rreZ8Q==";

    private AdminApi admin;
    private COSClient cos;
    private TestBucket source;
    private TestBucket target;

    @BeforeEach
    void start() {
        admin = AdminApi.startReachingOut();
        cos = JavaSdk.client(admin.server());
        source = versioned(admin, cos, "source");
        target = versioned(admin, cos, "target");
    }

    @AfterEach
    void stop() {
        cos.shutdown();
        admin.close();
    }

    private static TestBucket versioned(AdminApi server, COSClient client, String name) {
        TestBucket bucket = TestBucket.create(server.server(), client, name + "-" + Account.APPID);
        client.setBucketVersioningConfiguration(new SetBucketVersioningConfigurationRequest(
                bucket.name(), new BucketVersioningConfiguration(BucketVersioningConfiguration.ENABLED)));
        return bucket;
    }

    private static BucketReplicationConfiguration to(String destination) {
        ReplicationRule rule = new ReplicationRule()
                .withID("mirror")
                .withPrefix("in/")
                .withStatus(ReplicationRuleStatus.Enabled)
                .withDestinationConfig(new ReplicationDestinationConfig().withBucketQCS(destination));
        BucketReplicationConfiguration rules = new BucketReplicationConfiguration();
        rules.setRoleName(ROLE);
        rules.addRule(rule);
        return rules;
    }

    private static String qcs(String region, TestBucket bucket) {
        return "qcs::cos:" + region + "::" + bucket.name();
    }

    private void replicate() {
        cos.setBucketReplicationConfiguration(source.name(), to(qcs(Account.REGION, target)));
    }

    private static List<String> versions(COSClient client, TestBucket bucket, boolean withIds) {
        List<String> versions = new ArrayList<>();
        VersionListing page = client.listVersions(new ListVersionsRequest().withBucketName(bucket.name()));
        while (true) {
            for (COSVersionSummary version : page.getVersionSummaries()) {
                versions.add(version.getKey() + " " + (withIds ? version.getVersionId() + " " : "")
                        + (version.isDeleteMarker() ? "marker" : version.getETag()) + " " + version.isLatest());
            }
            if (!page.isTruncated()) {
                return versions;
            }
            page = client.listNextBatchOfVersions(page);
        }
    }

    private String status(TestBucket bucket, String key) {
        return String.valueOf(
                bucket.cos().getObjectMetadata(bucket.name(), key).getRawMetadataValue("x-cos-replication-status"));
    }

    @Test
    void rulesAreKeptAsTheyWereSet() {
        assertRefused(
                404,
                "ReplicationConfigurationNotFoundError",
                () -> cos.getBucketReplicationConfiguration(source.name()));
        replicate();
        BucketReplicationConfiguration read = cos.getBucketReplicationConfiguration(source.name());
        assertThat(read.getRoleName()).isEqualTo(ROLE);
        ReplicationRule rule = read.getRules().getFirst();
        assertThat(rule.getID()).isEqualTo("mirror");
        assertThat(rule.getPrefix()).isEqualTo("in/");
        assertThat(rule.getDestinationConfig().getBucketQCS()).isEqualTo(qcs(Account.REGION, target));
        cos.deleteBucketReplicationConfiguration(source.name());
        source.put("in/after", "text");
        admin.advance("PT1M");
        assertThat(versions(cos, target, true)).isEmpty();
    }

    @Test
    void copiesAreVersionsLikeTheirSources() {
        replicate();
        source.put("in/a", "first");
        source.put("in/a", "second");
        ObjectMetadata described = new ObjectMetadata();
        described.addUserMetadata("k", "v");
        described.setContentType("text/plain");
        described.setHeader("x-cos-tagging", "tier=cold");
        described.setContentLength(5);
        PutObjectRequest put = new PutObjectRequest(
                source.name(), "in/b", new ByteArrayInputStream("third".getBytes(StandardCharsets.UTF_8)), described);
        put.setCannedAcl(CannedAccessControlList.PublicRead);
        cos.putObject(put);
        cos.deleteObject(source.name(), "in/a");
        source.put("out/c", "elsewhere");
        Eventually.holds(() -> assertThat(versions(cos, target, true))
                .isEqualTo(versions(cos, source, true).stream()
                        .filter(version -> version.startsWith("in/"))
                        .toList())
                .hasSize(4));
        Eventually.holds(() -> assertThat(status(source, "in/b")).isEqualTo("COMPLETED"));
        assertThat(status(target, "in/b")).isEqualTo("REPLICA");
        assertThat(status(source, "out/c")).isEqualTo("null");
        ObjectMetadata copied = cos.getObjectMetadata(target.name(), "in/b");
        assertThat(copied.getUserMetaDataOf("k")).isEqualTo("v");
        assertThat(copied.getContentType()).isEqualTo("text/plain");
        assertThat(copied.getLastModified())
                .isEqualTo(cos.getObjectMetadata(source.name(), "in/b").getLastModified());
        assertThat(cos.getObjectAcl(target.name(), "in/b").getCannedAccessControl())
                .isEqualTo(CannedAccessControlList.PublicRead);
    }

    @Test
    void copiesAreNotCopiedOn() {
        TestBucket third = versioned(admin, cos, "third");
        replicate();
        cos.setBucketReplicationConfiguration(target.name(), to(qcs(Account.REGION, third)));
        source.put("in/a", "text");
        Eventually.holds(() -> assertThat(status(source, "in/a")).isEqualTo("COMPLETED"));
        target.put("in/own", "text");
        Eventually.holds(() -> assertThat(versions(cos, third, true)).hasSize(1));
        assertThat(versions(cos, third, true).getFirst()).startsWith("in/own");
    }

    @Test
    void copiesMayHaveAnotherStorageClass() {
        BucketReplicationConfiguration rules = to(qcs(Account.REGION, target));
        rules.getRules().getFirst().getDestinationConfig().setStorageClass(StorageClass.Standard_IA);
        cos.setBucketReplicationConfiguration(source.name(), rules);
        source.put("in/a", "text");
        Eventually.holds(() -> assertThat(status(source, "in/a")).isEqualTo("COMPLETED"));
        assertThat(cos.getObjectMetadata(target.name(), "in/a").getStorageClass())
                .isEqualTo("STANDARD_IA");
    }

    @Test
    void aCopyThatComesLateGoesBelowWhatIsNewer() {
        replicate();
        admin.call("PATCH", "/workers/replication", "{\"paused\":true}");
        source.put("in/a", "older");
        cos.deleteObject(source.name(), "in/gone");
        target.put("in/a", "newer");
        target.put("in/gone", "newer");
        admin.call("PATCH", "/workers/replication", "{\"paused\":false}");
        Eventually.holds(() -> assertThat(versions(cos, target, true)).hasSize(4));
        Eventually.holds(() -> assertThat(status(source, "in/a")).isEqualTo("COMPLETED"));
        assertThat(target.text("in/a")).isEqualTo("newer");
        assertThat(target.text("in/gone")).isEqualTo("newer");
        assertThat(versions(cos, target, true))
                .containsAll(versions(cos, source, true).stream()
                        .map(version -> version.replace(" true", " false"))
                        .toList());
    }

    /** The key of what is encrypted with a key of the client is not here. */
    @Test
    void whatCannotBeCopiedHoldsUpNothing() {
        replicate();
        assertThat(source.exchange(source.request("PUT", "/in/closed")
                                .header("x-cos-server-side-encryption-customer-algorithm", "AES256")
                                .header("x-cos-server-side-encryption-customer-key", KEY)
                                .header("x-cos-server-side-encryption-customer-key-MD5", KEY_MD5)
                                .body("secret"))
                        .status())
                .isEqualTo(200);
        source.put("in/open", "text");
        Eventually.holds(() -> assertThat(status(source, "in/open")).isEqualTo("COMPLETED"));
        Eventually.holds(() -> assertThat(source.exchange(source.request("HEAD", "/in/closed")
                                .header("x-cos-server-side-encryption-customer-algorithm", "AES256")
                                .header("x-cos-server-side-encryption-customer-key", KEY)
                                .header("x-cos-server-side-encryption-customer-key-MD5", KEY_MD5))
                        .header("x-cos-replication-status"))
                .contains("FAILED"));
        assertThat(versions(cos, target, true)).hasSize(1);
    }

    private RawResponse replicateExisting() {
        return source.exchange(source.request("PUT", "/?replication")
                .body("<ReplicationConfiguration><Role>" + ROLE + "</Role><Rule><ID>all</ID><Status>Enabled</Status>"
                        + "<Prefix></Prefix><Destination><Bucket>" + qcs(Account.REGION, target)
                        + "</Bucket></Destination><ExistingObjectReplication><Status>Enabled</Status>"
                        + "</ExistingObjectReplication></Rule></ReplicationConfiguration>"));
    }

    @Test
    void olderObjectsAreCopiedIfThatIsWantedThroughAKill() {
        for (int i = 0; i < 600; i++) {
            source.put("k" + i % 300, "text " + i);
        }
        assertThat(replicateExisting().status()).isEqualTo(200);
        admin.advance("PT11S");
        Eventually.holds(() -> assertThat(versions(cos, target, true)).hasSizeGreaterThan(50));
        admin.server().kill();
        admin.server().startAgain();
        admin.advance("PT1M");
        Eventually.holds(() -> assertThat(versions(cos, target, true))
                .isEqualTo(versions(cos, source, true))
                .hasSize(600));
        Eventually.holds(() -> assertThat(status(source, "k7")).isEqualTo("COMPLETED"));
    }

    @Test
    void aKillInTheMiddleLosesNothingAndDoublesNothing() {
        replicate();
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 200; i++) {
                source.put("in/k" + i % 20, "text " + round + " " + i);
            }
            admin.server().kill();
            admin.server().startAgain();
        }
        Eventually.holds(() -> assertThat(versions(cos, target, true))
                .isEqualTo(versions(cos, source, true))
                .hasSize(600));
    }

    /** A bucket of another server, which is down for an hour. */
    @ParameterizedTest
    @ValueSource(strings = {"cos", "s3"})
    void anHourOfOutageIsMadeUpForOnce(String dialect) {
        try (AdminApi other = AdminApi.startInDevelopment()) {
            COSClient far = JavaSdk.client(other.server());
            TestBucket mirror = versioned(other, far, "mirror");
            admin.call(
                    "PUT",
                    "/accounts/" + Account.APPID + "/remotes/far-away",
                    "{\"endpoint\":\"http://" + other.server().authority() + "\",\"dialect\":\"" + dialect
                            + "\",\"pathStyle\":true,\"signingRegion\":\"" + Account.REGION + "\",\"secretId\":\""
                            + Account.SECRET_ID + "\",\"secretKey\":\"" + Account.SECRET_KEY + "\"}");
            cos.setBucketReplicationConfiguration(source.name(), to(qcs("far-away", mirror)));
            for (int i = 0; i < 20; i++) {
                source.put("in/k" + i % 10, "before " + i);
            }
            Eventually.holds(() -> assertThat(versions(far, mirror, false)).hasSize(20));
            other.server().kill();
            for (int i = 0; i < 20; i++) {
                source.put("in/k" + i % 10, "during " + i);
            }
            cos.deleteObject(source.name(), "in/k3");
            for (int minute = 0; minute < 60; minute += 20) {
                admin.advance("PT20M");
            }
            assertThat(status(source, "in/k4")).isEqualTo("PENDING");
            assertThat(admin.figures("replication").get("lagSeconds").asLong()).isGreaterThan(3500);
            other.server().startAgain();
            admin.advance("PT5M");
            source.put("in/k5", "after");
            Eventually.holds(() -> assertThat(versions(far, mirror, false))
                    .isEqualTo(versions(cos, source, false))
                    .hasSize(42));
            Eventually.holds(() -> assertThat(status(source, "in/k4")).isEqualTo("COMPLETED"));
            assertThat(admin.figures("replication").get("lagSeconds").asLong()).isZero();
            far.shutdown();
        }
    }

    @Test
    void clientsOfS3SetTheSameRules() {
        try (S3Client s3 = S3Sdk.client(admin.server())) {
            s3.putBucketReplication(request -> request.bucket(S3Sdk.name(source))
                    .replicationConfiguration(rules -> rules.role("arn:aws:iam::1:role/r")
                            .rules(software.amazon.awssdk.services.s3.model.ReplicationRule.builder()
                                    .id("s3")
                                    .priority(1)
                                    .status("Enabled")
                                    .filter(filter -> filter.prefix(""))
                                    .deleteMarkerReplication(
                                            markers -> markers.status(DeleteMarkerReplicationStatus.DISABLED))
                                    .destination(to -> to.bucket("arn:aws:s3:::" + target.name())
                                            .storageClass("GLACIER_IR"))
                                    .build())));
            assertThat(s3.getBucketReplication(request -> request.bucket(S3Sdk.name(source)))
                            .replicationConfiguration()
                            .rules()
                            .getFirst()
                            .destination()
                            .storageClassAsString())
                    .isEqualTo("GLACIER_IR");
            source.put("a", "text");
            cos.deleteObject(source.name(), "a");
            source.put("b", "text");
            Eventually.holds(() -> assertThat(status(source, "b")).isEqualTo("COMPLETED"));
            Eventually.holds(() -> assertThat(versions(cos, target, false)).hasSize(2));
            assertThat(s3.headObject(request ->
                                    request.bucket(S3Sdk.name(target)).key("a"))
                            .replicationStatusAsString())
                    .isEqualTo("REPLICA");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "qcs::cos:ap-guangzhou::nowhere-1250000000, 404, NoSuchBucket",
        "qcs::cos:ap-guangzhou::source-1250000000, 400, InvalidArgument",
        "qcs::cos:ap-guangzhou::plain-1250000000, 409, InvalidBucketState",
        "qcs::cos:elsewhere::target-1250000000, 400, InvalidArgument",
        "target-1250000000, 400, TargetBucketNameInvalid"
    })
    void whatCannotWorkIsRefused(String destination, int status, String code) {
        TestBucket.create(admin.server(), cos, "plain-" + Account.APPID);
        replicate();
        assertRefused(status, code, () -> cos.setBucketReplicationConfiguration(source.name(), to(destination)));
        assertThat(cos.getBucketReplicationConfiguration(source.name())
                        .getRules()
                        .getFirst()
                        .getDestinationConfig()
                        .getBucketQCS())
                .isEqualTo(qcs(Account.REGION, target));
    }

    @Test
    void aBucketWithoutVersionsIsNotCopied() {
        TestBucket plain = TestBucket.create(admin.server(), cos, "plain-" + Account.APPID);
        assertRefused(
                409,
                "InvalidBucketState",
                () -> cos.setBucketReplicationConfiguration(plain.name(), to(qcs(Account.REGION, target))));
    }
}
