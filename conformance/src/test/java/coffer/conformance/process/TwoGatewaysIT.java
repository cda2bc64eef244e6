package coffer.conformance.process;

import static coffer.conformance.Refusals.assertRefused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.Account;
import coffer.conformance.JavaSdk;
import coffer.conformance.Scratch;
import coffer.conformance.accounts.AdminApi;
import com.fasterxml.jackson.databind.JsonNode;
import com.qcloud.cos.COSClient;
import com.qcloud.cos.model.BucketCrossOriginConfiguration;
import com.qcloud.cos.model.BucketVersioningConfiguration;
import com.qcloud.cos.model.CORSRule;
import com.qcloud.cos.model.COSObject;
import com.qcloud.cos.model.COSVersionSummary;
import com.qcloud.cos.model.CompleteMultipartUploadRequest;
import com.qcloud.cos.model.InitiateMultipartUploadRequest;
import com.qcloud.cos.model.ListVersionsRequest;
import com.qcloud.cos.model.ObjectMetadata;
import com.qcloud.cos.model.PartETag;
import com.qcloud.cos.model.SetBucketVersioningConfigurationRequest;
import com.qcloud.cos.model.UploadPartRequest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is done by way of one server is so at the other, from the answer on. */
class TwoGatewaysIT {
    private static final String READ_ONLY = "QcloudCOSReadOnlyAccess";
    private static final int PART_BYTES = 1024 * 1024;

    private static TwoGateways gateways;
    private static List<COSClient> clients = List.of();

    @BeforeAll
    static void start() {
        gateways =
                TwoGateways.start(Map.of("COFFER_ADMIN_LISTEN", "127.0.0.1:0", "COFFER_ADMIN_TOKEN", AdminApi.TOKEN));
        clients = gateways.both().stream().map(JavaSdk::client).toList();
    }

    @AfterAll
    static void stop() {
        clients.forEach(COSClient::shutdown);
        if (gateways != null) {
            gateways.close();
        }
    }

    /** By way of one and the other in turn. */
    private static COSClient cos(int turn) {
        return clients.get(turn % clients.size());
    }

    private static String bucket(String name) {
        String bucket = name + "-" + Account.APPID;
        cos(0).createBucket(bucket);
        return bucket;
    }

    private static byte[] read(COSClient cos, String bucket, String key) throws IOException {
        try (COSObject object = cos.getObject(bucket, key)) {
            return object.getObjectContent().readAllBytes();
        }
    }

    private static void put(COSClient cos, String bucket, String key, byte[] bytes) {
        ObjectMetadata metadata = new ObjectMetadata();
        metadata.setContentLength(bytes.length);
        cos.putObject(bucket, key, new ByteArrayInputStream(bytes), metadata);
    }

    @Test
    void bucketsComeAndGo() {
        String bucket = bucket("comes");
        assertThat(cos(1).doesBucketExist(bucket)).isTrue();
        assertRefused(409, "BucketAlreadyOwnedByYou", () -> cos(1).createBucket(bucket));
        cos(1).putObject(bucket, "k", "v");
        assertRefused(409, "BucketNotEmpty", () -> cos(0).deleteBucket(bucket));
        cos(0).deleteObject(bucket, "k");
        cos(1).deleteBucket(bucket);
        assertThat(cos(0).doesBucketExist(bucket)).isFalse();
        assertRefused(404, "NoSuchBucket", () -> cos(0).putObject(bucket, "k", "v"));
    }

    @Test
    void objectsAreReplacedReadListedAndDeletedInTurn() throws IOException {
        String bucket = bucket("objects");
        int[] sizes = {0, 1, 20_000, 700_000, 5 * PART_BYTES};
        for (int turn = 0; turn < 2 * sizes.length; turn++) {
            byte[] bytes = Scratch.bytes(sizes[turn % sizes.length], turn);
            put(cos(turn), bucket, "k", bytes);
            assertThat(read(cos(turn + 1), bucket, "k")).isEqualTo(bytes);
            put(cos(turn + 1), bucket, "key-" + turn, bytes);
            assertThat(cos(turn).listObjects(bucket).getObjectSummaries()).hasSize(turn + 2);
        }
        for (int turn = 0; turn < 2 * sizes.length; turn++) {
            cos(turn).deleteObject(bucket, "key-" + turn);
            assertThat(cos(turn + 1).doesObjectExist(bucket, "key-" + turn)).isFalse();
        }
    }

    @Test
    void versionsFollowEachOther() throws IOException {
        String bucket = bucket("versions");
        cos(0).setBucketVersioningConfiguration(new SetBucketVersioningConfigurationRequest(
                bucket, new BucketVersioningConfiguration(BucketVersioningConfiguration.ENABLED)));
        for (int turn = 1; turn <= 20; turn++) {
            put(cos(turn), bucket, "k", new byte[turn]);
            assertThat(read(cos(turn + 1), bucket, "k")).hasSize(turn);
        }
        List<COSVersionSummary> versions = cos(1).listVersions(new ListVersionsRequest().withBucketName(bucket))
                .getVersionSummaries();
        assertThat(versions).extracting(COSVersionSummary::getSize).isSortedAccordingTo((a, b) -> Long.compare(b, a));
        assertThat(versions)
                .extracting(COSVersionSummary::getVersionId)
                .hasSize(20)
                .doesNotHaveDuplicates();
        cos(0).deleteObject(bucket, "k");
        assertThat(cos(1).doesObjectExist(bucket, "k")).isFalse();
        cos(1).deleteVersion(bucket, "k", versions.getFirst().getVersionId());
        assertThat(cos(0).listVersions(new ListVersionsRequest().withBucketName(bucket))
                        .getVersionSummaries())
                .hasSize(20);
    }

    @Test
    void partsOfAnUploadComeByWayOfBoth() throws IOException {
        String bucket = bucket("parts");
        String upload = cos(0).initiateMultipartUpload(new InitiateMultipartUploadRequest(bucket, "big"))
                .getUploadId();
        List<PartETag> tags = new ArrayList<>();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int number = 1; number <= 4; number++) {
            byte[] part = Scratch.bytes(PART_BYTES + number, number);
            all.writeBytes(part);
            tags.add(cos(number)
                    .uploadPart(new UploadPartRequest()
                            .withBucketName(bucket)
                            .withKey("big")
                            .withUploadId(upload)
                            .withPartNumber(number)
                            .withPartSize(part.length)
                            .withInputStream(new ByteArrayInputStream(part)))
                    .getPartETag());
        }
        cos(1).completeMultipartUpload(new CompleteMultipartUploadRequest(bucket, "big", upload, tags));
        assertThat(read(cos(0), bucket, "big")).isEqualTo(all.toByteArray());
        assertThat(read(cos(1), bucket, "big")).isEqualTo(all.toByteArray());
    }

    @Test
    void settingsCountAtOnce() {
        String bucket = bucket("settings");
        for (int turn = 0; turn < 10; turn++) {
            CORSRule rule = new CORSRule();
            rule.setAllowedOrigins(List.of("http://origin-" + turn + ".example.com"));
            rule.setAllowedMethods(List.of(CORSRule.AllowedMethods.GET));
            cos(turn).setBucketCrossOriginConfiguration(bucket, new BucketCrossOriginConfiguration(List.of(rule)));
            assertThat(cos(turn + 1)
                            .getBucketCrossOriginConfiguration(bucket)
                            .getRules()
                            .getFirst()
                            .getAllowedOrigins())
                    .containsExactly("http://origin-" + turn + ".example.com");
        }
    }

    @Test
    void usersKeysAndPoliciesCountAtOnce() throws IOException {
        String bucket = bucket("users");
        cos(0).putObject(bucket, "k", "v");
        List<AdminApi> admins = gateways.both().stream().map(AdminApi::of).toList();
        String _ = admins.getFirst().user(Account.APPID, "ann");
        AdminApi.Key key = admins.getLast().userKey(Account.APPID, "ann");
        List<COSClient> anns = admins.stream().map(admin -> admin.cos(key)).toList();
        for (int turn = 0; turn < 6; turn++) {
            AdminApi here = admins.get(turn % 2);
            COSClient there = anns.get((turn + 1) % 2);
            assertRefused(403, "AccessDenied", () -> there.getObject(bucket, "k"));
            here.attach(Account.APPID, "ann", READ_ONLY);
            assertThat(read(there, bucket, "k")).isEqualTo("v".getBytes(UTF_8));
            JsonNode _ = here.call("DELETE", "/accounts/" + Account.APPID + "/users/ann/policies/" + READ_ONLY);
        }
        JsonNode _ = admins.getFirst().call("DELETE", "/accounts/" + Account.APPID + "/keys/" + key.secretId());
        assertRefused(403, "InvalidAccessKeyId", () -> anns.getLast().getObject(bucket, "k"));
        anns.forEach(COSClient::shutdown);
    }

    /** What one wrote is read when it is gone, and the other leads. */
    @Test
    void oneIsKilledAndTheOtherGoesOn() throws IOException {
        try (TwoGateways pair = TwoGateways.start()) {
            COSClient first = JavaSdk.client(pair.first());
            COSClient second = JavaSdk.client(pair.second());
            String bucket = "killed-" + Account.APPID;
            first.createBucket(bucket);
            byte[] bytes = Scratch.bytes(3 * PART_BYTES, 1);
            put(first, bucket, "k", bytes);
            pair.first().kill();
            assertThat(read(second, bucket, "k")).isEqualTo(bytes);
            put(second, bucket, "k", new byte[5]);
            pair.first().startAgain();
            assertThat(read(first, bucket, "k")).hasSize(5);
            first.shutdown();
            second.shutdown();
        }
    }
}
