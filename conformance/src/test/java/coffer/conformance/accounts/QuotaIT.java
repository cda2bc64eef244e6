package coffer.conformance.accounts;

import static coffer.conformance.Refusals.assertRefused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.RequestSignature;
import coffer.conformance.StoreUnderTest;
import coffer.conformance.Web;
import com.qcloud.cos.COSClient;
import com.qcloud.cos.exception.CosServiceException;
import com.qcloud.cos.model.AbortMultipartUploadRequest;
import com.qcloud.cos.model.AppendObjectRequest;
import com.qcloud.cos.model.BucketVersioningConfiguration;
import com.qcloud.cos.model.COSVersionSummary;
import com.qcloud.cos.model.CompleteMultipartUploadRequest;
import com.qcloud.cos.model.CopyPartRequest;
import com.qcloud.cos.model.DeleteObjectsRequest;
import com.qcloud.cos.model.InitiateMultipartUploadRequest;
import com.qcloud.cos.model.ListPartsRequest;
import com.qcloud.cos.model.ListVersionsRequest;
import com.qcloud.cos.model.ObjectMetadata;
import com.qcloud.cos.model.PartETag;
import com.qcloud.cos.model.SetBucketVersioningConfigurationRequest;
import com.qcloud.cos.model.UploadPartRequest;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What an account may keep, and that what is said of it is true. */
class QuotaIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration TAKEN_FOR_KILLED_AFTER = Duration.ofSeconds(50);
    private static final Duration HEARD_WITHIN = Duration.ofSeconds(12);
    private static final String KEY_TIME = "1770019200;4102444800";

    private static AdminApi coffer;

    @BeforeAll
    static void start() {
        coffer = AdminApi.start();
    }

    @AfterAll
    static void stop() {
        coffer.close();
    }

    /** An account with a bucket. */
    private record Tenant(String appId, AdminApi.Key key, COSClient cos, String bucket) {
        void put(String key, int bytes) {
            cos.putObject(bucket, key, new ByteArrayInputStream(new byte[bytes]), length(bytes));
        }

        void append(String key, long position, int bytes) {
            AppendObjectRequest request =
                    new AppendObjectRequest(bucket, key, new ByteArrayInputStream(new byte[bytes]), length(bytes));
            request.setPosition(position);
            cos.appendObject(request);
        }

        String initiate(String key) {
            return cos.initiateMultipartUpload(new InitiateMultipartUploadRequest(bucket, key))
                    .getUploadId();
        }

        PartETag part(String key, String uploadId, int number, int bytes) {
            return cos.uploadPart(new UploadPartRequest()
                            .withBucketName(bucket)
                            .withKey(key)
                            .withUploadId(uploadId)
                            .withPartNumber(number)
                            .withPartSize(bytes)
                            .withInputStream(new ByteArrayInputStream(new byte[bytes])))
                    .getPartETag();
        }

        void complete(String key, String uploadId, PartETag... parts) {
            cos.completeMultipartUpload(
                    new CompleteMultipartUploadRequest(bucket, key, uploadId, new ArrayList<>(List.of(parts))));
        }

        void copyPart(String source, String key, String uploadId, int number) {
            CopyPartRequest copy = new CopyPartRequest();
            copy.setSourceBucketName(bucket);
            copy.setSourceKey(source);
            copy.setDestinationBucketName(bucket);
            copy.setDestinationKey(key);
            copy.setUploadId(uploadId);
            copy.setPartNumber(number);
            cos.copyPart(copy);
        }

        long length(String key) {
            return cos.getObjectMetadata(bucket, key).getContentLength();
        }

        private static ObjectMetadata length(int bytes) {
            ObjectMetadata metadata = new ObjectMetadata();
            metadata.setContentLength(bytes);
            return metadata;
        }
    }

    private Tenant tenant(String name) {
        String appId = coffer.account(name);
        AdminApi.Key key = coffer.rootKey(appId);
        COSClient cos = coffer.cos(key);
        cos.createBucket("b-" + appId);
        return new Tenant(appId, key, cos, "b-" + appId);
    }

    @Test
    void whatExceedsTheQuotaOfBytesIsRefusedWhateverWritesItAndNothingIsLost() {
        Tenant tenant = tenant("bytes");
        tenant.put("kept", 600);
        tenant.append("log", 0, 100);
        String upload = tenant.initiate("big");
        PartETag part = tenant.part("big", upload, 1, 200);
        limit(tenant, "\"bytes\":1000");

        assertUsedUp("1000 bytes", () -> tenant.put("new", 101));
        assertUsedUp("1000 bytes", () -> tenant.put("kept", 701));
        assertUsedUp("1000 bytes", () -> tenant.append("log", 100, 101));
        assertUsedUp("1000 bytes", () -> tenant.part("big", upload, 1, 301));
        assertUsedUp("1000 bytes", () -> tenant.part("big", upload, 2, 101));
        assertUsedUp("1000 bytes", () -> tenant.cos.copyObject(tenant.bucket, "kept", tenant.bucket, "copy"));
        assertUsedUp("1000 bytes", () -> tenant.copyPart("kept", "big", upload, 2));
        String form = form(tenant, "form", 101);
        assertThat(form)
                .contains("403", "<Code>AccessDenied</Code>", "The quota of the account is used up: 1000 bytes.");

        assertUsage(tenant, 900, 2);
        assertThat(tenant.length("kept")).isEqualTo(600);
        assertThat(tenant.length("log")).isEqualTo(100);
        assertThat(tenant.cos
                        .listParts(new ListPartsRequest(tenant.bucket, "big", upload))
                        .getParts())
                .singleElement()
                .satisfies(kept -> assertThat(kept.getSize()).isEqualTo(200));
        assertThat(tenant.cos.listObjects(tenant.bucket).getObjectSummaries()).hasSize(2);

        // What still has room, and what makes some, goes on.
        tenant.append("log", 100, 100);
        assertUsage(tenant, 1000, 2);
        tenant.complete("big", upload, part);
        assertUsage(tenant, 1000, 3);
        tenant.put("kept", 500);
        awaitHeard();
        assertThat(form(tenant, "form", 100)).startsWith("204");
        assertUsage(tenant, 1000, 4);
    }

    @Test
    void whatExceedsTheQuotaOfObjectsIsRefusedWhateverWritesIt() {
        Tenant tenant = tenant("objects");
        tenant.put("kept", 10);
        String upload = tenant.initiate("big");
        PartETag part = tenant.part("big", upload, 1, 20);
        limit(tenant, "\"objects\":1");

        assertUsedUp("1 objects", () -> tenant.put("new", 0));
        assertUsedUp("1 objects", () -> tenant.append("log", 0, 1));
        assertUsedUp("1 objects", () -> tenant.cos.copyObject(tenant.bucket, "kept", tenant.bucket, "copy"));
        assertUsedUp("1 objects", () -> tenant.complete("big", upload, part));
        assertThat(form(tenant, "form", 1)).contains("403", "<Code>AccessDenied</Code>", "1 objects");
        tenant.cos.setBucketVersioningConfiguration(versioning(tenant, BucketVersioningConfiguration.ENABLED));
        assertUsedUp("1 objects", () -> tenant.put("kept", 10));
        assertUsage(tenant, 30, 1);

        limit(tenant, "\"objects\":3");
        tenant.complete("big", upload, part);
        tenant.put("kept", 10);
        assertUsage(tenant, 40, 3);
        assertUsedUp("3 objects", () -> tenant.put("kept", 10));
        tenant.cos.deleteObject(tenant.bucket, "kept");
        assertUsedUp("3 objects", () -> tenant.put("kept", 10));
        assertUsage(tenant, 40, 3);
    }

    @Test
    void aRaisedQuotaCountsAtOnceAndALoweredOneLosesNothing() {
        Tenant tenant = tenant("raised");
        limit(tenant, "\"bytes\":100");
        tenant.put("a", 100);
        awaitHeard();
        assertUsedUp("100 bytes", () -> tenant.put("b", 1));
        limit(tenant, "\"bytes\":101");
        tenant.put("b", 1);
        limit(tenant, "\"bytes\":50");
        assertUsedUp("50 bytes", () -> tenant.put("c", 1));
        assertThat(tenant.length("a") + tenant.length("b")).isEqualTo(101);
        tenant.put("a", 90);
        tenant.cos.deleteObject(tenant.bucket, "a");
        awaitHeard();
        tenant.put("c", 49);
        assertUsage(tenant, 50, 2);
        coffer.call("PATCH", "/accounts/" + tenant.appId, "{\"quota\":{}}");
        awaitHeard();
        tenant.put("d", 1000);
        assertUsage(tenant, 1050, 3);
    }

    @Test
    void oneAccountsQuotaIsNoOthers() {
        Tenant small = tenant("small");
        Tenant free = tenant("free");
        limit(small, "\"bytes\":0,\"objects\":0");
        assertUsedUp("0 objects", () -> small.put("k", 0));
        free.put("k", 1000);
        assertUsage(free, 1000, 1);
    }

    @Test
    void theUsageIsRightAfterAKill() {
        Tenant tenant = tenant("killed");
        for (int i = 0; i < 20; i++) {
            tenant.put("k" + i, 1000 * i);
        }
        String upload = tenant.initiate("big");
        tenant.part("big", upload, 1, 5000);
        String aborted = tenant.initiate("aborted");
        tenant.part("aborted", aborted, 1, 700_000);
        tenant.cos.abortMultipartUpload(new AbortMultipartUploadRequest(tenant.bucket, "aborted", aborted));
        tenant.cos.deleteObjects(new DeleteObjectsRequest(tenant.bucket).withKeys("k0", "k1", "k2"));
        tenant.cos.setBucketVersioningConfiguration(versioning(tenant, BucketVersioningConfiguration.ENABLED));
        tenant.put("k3", 7);
        tenant.cos.deleteObject(tenant.bucket, "k4");
        assertUsage(tenant, held(tenant) + 5000, 18);
        limit(tenant, "\"bytes\":" + (held(tenant) + 5000));

        coffer.server().kill();
        coffer.server().startAgain();
        assertUsedUp("bytes", () -> tenant.put("k5", 1));
        awaitOthers(TAKEN_FOR_KILLED_AFTER);
        awaitExact();
        assertUsage(tenant, held(tenant) + 5000, 18);
        assertUsedUp("bytes", () -> tenant.put("k5", 1));
        tenant.cos.abortMultipartUpload(new AbortMultipartUploadRequest(tenant.bucket, "big", upload));
        awaitHeard();
        tenant.put("k5", 5000);
        assertUsage(tenant, held(tenant), 19);

        coffer.server().askToStop();
        assertThat(coffer.server().exitCode()).isIn(0, 143);
        coffer.server().startAgain();
        assertUsage(tenant, held(tenant), 19);
    }

    private static void awaitExact() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (coffer.call("GET", "/usage").toString().contains("\"approximate\":true")) {
            assertThat(System.nanoTime()).isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    /** Of all versions, by a listing. */
    private static long held(Tenant tenant) {
        return tenant
                .cos
                .listVersions(new ListVersionsRequest().withBucketName(tenant.bucket))
                .getVersionSummaries()
                .stream()
                .filter(version -> !version.isDeleteMarker())
                .mapToLong(COSVersionSummary::getSize)
                .sum();
    }

    private static void limit(Tenant tenant, String quota) {
        coffer.call("PATCH", "/accounts/" + tenant.appId, "{\"quota\":{" + quota + "}}");
        awaitHeard();
    }

    /** Servers on one store know of each other's writes, and of quotas, only after a while: docs/admin.md. */
    private static void awaitHeard() {
        awaitOthers(HEARD_WITHIN);
    }

    /** Nothing to wait for where there is one server. */
    private static void awaitOthers(Duration time) {
        if (StoreUnderTest.isShared()) {
            LockSupport.parkNanos(time.toNanos());
        }
    }

    private static void assertUsage(Tenant tenant, long bytes, long objects) {
        awaitHeard();
        String usage = "{\"bytes\":" + bytes + ",\"objects\":" + objects + ",\"approximate\":false}";
        assertThat(coffer.ask("/accounts/" + tenant.appId + "/usage"))
                .isNotEmpty()
                .allSatisfy(told -> assertThat(told.get("usage")).hasToString(usage));
        assertThat(coffer.ask("/buckets/" + tenant.bucket))
                .isNotEmpty()
                .allSatisfy(told -> assertThat(told.get("usage")).hasToString(usage));
    }

    private static void assertUsedUp(String limit, Runnable write) {
        CosServiceException refused = assertRefused(403, "AccessDenied", write::run);
        assertThat(refused.getErrorMessage())
                .startsWith("The quota of the account is used up: ")
                .contains(limit);
    }

    private static SetBucketVersioningConfigurationRequest versioning(Tenant tenant, String status) {
        return new SetBucketVersioningConfigurationRequest(tenant.bucket, new BucketVersioningConfiguration(status));
    }

    /** Sends a form as a browser does; the status and the body of the answer. */
    private static String form(Tenant tenant, String key, int bytes) {
        RequestSignature signature = new RequestSignature(tenant.key.secretId(), tenant.key.secretKey(), KEY_TIME);
        String policy = "{\"expiration\":\"" + Instant.ofEpochSecond(4102444800L) + "\",\"conditions\":[{\"bucket\":\""
                + tenant.bucket + "\"},{\"q-sign-algorithm\":\"sha1\"},{\"q-ak\":\"" + tenant.key.secretId()
                + "\"},{\"q-sign-time\":\"" + KEY_TIME + "\"}]}";
        String form = field("key", key)
                + field("policy", Base64.getEncoder().encodeToString(policy.getBytes(UTF_8)))
                + field("q-sign-algorithm", "sha1")
                + field("q-ak", tenant.key.secretId())
                + field("q-key-time", KEY_TIME)
                + field("q-signature", signature.ofPolicy(policy))
                + field("file\"; filename=\"f", "x".repeat(bytes))
                + "--bound--\r\n";
        URI uri = URI.create("http://" + tenant.bucket + ".cos.ap-guangzhou.myqcloud.com/");
        try (Web web = Web.of(coffer.server())) {
            var answer = web.send(HttpRequest.newBuilder(uri)
                    .header("Content-Type", "multipart/form-data; boundary=bound")
                    .POST(BodyPublishers.ofString(form)));
            return answer.statusCode() + " " + new String(answer.body(), UTF_8);
        }
    }

    private static String field(String name, String value) {
        return "--bound\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
    }
}
