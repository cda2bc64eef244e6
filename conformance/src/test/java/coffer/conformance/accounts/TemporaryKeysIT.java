package coffer.conformance.accounts;

import static coffer.conformance.Refusals.assertRefused;
import static coffer.conformance.Refusals.assertStatus;
import static org.assertj.core.api.Assertions.assertThat;

import com.qcloud.cos.COSClient;
import com.tencentcloudapi.common.exception.TencentCloudSDKException;
import com.tencentcloudapi.common.profile.ClientProfile;
import com.tencentcloudapi.sts.v20180813.models.Credentials;
import com.tencentcloudapi.sts.v20180813.models.GetCallerIdentityResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Temporary keys of users and roles, by the SDK of the cloud (TC3-HMAC-SHA256), used by that of COS. */
class TemporaryKeysIT {
    private static AdminApi coffer;
    private static CloudSts sts;

    private final List<COSClient> clients = new ArrayList<>();
    private String appId = "";
    private String uin = "";
    private String bucket = "";
    private AdminApi.Key root;

    @BeforeAll
    static void start() {
        coffer = AdminApi.start();
        sts = new CloudSts(coffer.server());
    }

    @AfterAll
    static void stop() {
        coffer.close();
    }

    @BeforeEach
    void account() {
        appId = coffer.account("one");
        uin = coffer.call("GET", "/accounts/" + appId).get("uin").asText();
        root = coffer.rootKey(appId);
        bucket = "b-" + appId;
        COSClient cos = coffer.cos(root);
        cos.createBucket(bucket);
        cos.putObject(bucket, "a/1", "one");
        cos.putObject(bucket, "b/1", "other");
    }

    @AfterEach
    void shutDown() {
        clients.forEach(COSClient::shutdown);
    }

    private COSClient use(COSClient cos) {
        clients.add(cos);
        return cos;
    }

    private String allow(String actions, String key) {
        return "{\"effect\":\"allow\",\"action\":[" + actions + "],\"resource\":[\"qcs::cos:ap-guangzhou:uid/" + appId
                + ":" + bucket + "/" + key + "\"]}";
    }

    private static String policy(String statement) {
        return "{\"version\":\"2.0\",\"statement\":[" + statement + "]}";
    }

    private String readA() {
        return policy(allow("\"name/cos:GetObject\"", "a/*"));
    }

    /** A user with a key who may do this. */
    private AdminApi.Key user(String name, String statement) {
        String _ = coffer.user(appId, name);
        coffer.policy(appId, "of-" + name, statement);
        coffer.attach(appId, name, "of-" + name);
        return coffer.userKey(appId, name);
    }

    @Test
    void aRootUsersKeyDoesWhatItsPolicyAllows() throws TencentCloudSDKException {
        for (String signature :
                List.of(ClientProfile.SIGN_TC3_256, ClientProfile.SIGN_SHA1, ClientProfile.SIGN_SHA256)) {
            COSClient cos = use(sts.cos(sts.federation(root, readA(), 900, signature)));
            assertThat(cos.getObject(bucket, "a/1").getObjectMetadata().getContentLength())
                    .isEqualTo(3);
            assertStatus(403, () -> cos.getObjectMetadata(bucket, "a/1"));
            assertRefused(403, "AccessDenied", () -> cos.getObject(bucket, "b/1"));
            assertRefused(403, "AccessDenied", () -> cos.putObject(bucket, "a/2", "x"));
            assertRefused(403, "AccessDenied", () -> cos.listObjects(bucket));
            assertRefused(403, "AccessDenied", cos::listBuckets);
        }
    }

    /** A policy that is wider than the user's rights gives no more than these, and follows them. */
    @Test
    void aUsersKeyNeverDoesMoreThanTheUser() throws TencentCloudSDKException {
        AdminApi.Key ann = user("ann", allow("\"name/cos:GetObject\"", "a/*"));
        String everything = policy("{\"effect\":\"allow\",\"action\":\"*\",\"resource\":\"*\"}");
        COSClient cos = use(sts.cos(sts.federation(ann, everything, 129_600, ClientProfile.SIGN_TC3_256)));
        assertThat(cos.getObject(bucket, "a/1")).isNotNull();
        assertRefused(403, "AccessDenied", () -> cos.getObject(bucket, "b/1"));
        coffer.call("DELETE", "/accounts/" + appId + "/users/ann/policies/of-ann");
        assertRefused(403, "AccessDenied", () -> cos.getObject(bucket, "a/1"));
    }

    @Test
    void endsWithTheKeyItWasMadeWithAndWithTheUser() throws TencentCloudSDKException {
        AdminApi.Key ann = user("ann", allow("\"name/cos:GetObject\"", "a/*"));
        COSClient cos = use(sts.cos(sts.federation(ann, readA())));
        assertThat(cos.getObject(bucket, "a/1")).isNotNull();
        coffer.call("PATCH", "/accounts/" + appId + "/keys/" + ann.secretId(), "{\"enabled\":false}");
        assertRefused(403, "InvalidAccessKeyId", () -> cos.getObject(bucket, "a/1"));
        coffer.call("PATCH", "/accounts/" + appId + "/keys/" + ann.secretId(), "{\"enabled\":true}");
        assertThat(cos.getObject(bucket, "a/1")).isNotNull();
        coffer.call("DELETE", "/accounts/" + appId + "/users/ann");
        assertRefused(403, "InvalidAccessKeyId", () -> cos.getObject(bucket, "a/1"));
        CloudSts.assertRefused("AuthFailure.SecretIdNotFound", () -> sts.federation(ann, readA()));
    }

    @Test
    void expires() throws Exception {
        COSClient cos = use(sts.cos(sts.federation(root, readA(), 2, ClientProfile.SIGN_TC3_256)));
        assertThat(cos.getObject(bucket, "a/1")).isNotNull();
        Thread.sleep(2_500);
        assertRefused(400, "ExpiredToken", () -> cos.getObject(bucket, "a/1"));
    }

    @Test
    void holdsAfterARestartAndKill() throws TencentCloudSDKException {
        COSClient cos = use(sts.cos(sts.federation(root, readA())));
        coffer.server().kill();
        coffer.server().startAgain();
        assertThat(cos.getObject(bucket, "a/1")).isNotNull();
    }

    @Test
    void aTokenOfAnotherKeyIsRefused() throws TencentCloudSDKException {
        Credentials one = sts.federation(root, readA());
        Credentials other = sts.federation(root, readA());
        String own = one.getToken();
        for (String token :
                List.of(other.getToken(), own.substring(1), own + "A", own.toLowerCase(java.util.Locale.ROOT))) {
            one.setToken(token);
            COSClient cos = use(sts.cos(one));
            assertRefused(403, "InvalidAccessKeyId", () -> cos.getObject(bucket, "a/1"));
        }
    }

    @Test
    void aTokenOfAnotherServerIsRefused() throws TencentCloudSDKException {
        try (AdminApi other = AdminApi.start()) {
            AdminApi.Key foreign = other.rootKey(other.account("other"));
            Credentials keys = new CloudSts(other.server()).federation(foreign, readA());
            COSClient cos = use(sts.cos(keys));
            assertRefused(403, "InvalidAccessKeyId", () -> cos.getObject(bucket, "a/1"));
        }
    }

    @Test
    void aPolicyThatIsTooLongIsRefused() {
        String statement = allow("\"name/cos:GetObject\"", "a/" + "x".repeat(700) + "/*");
        String policy = policy(String.join(",", Collections.nCopies(30, statement)));
        CloudSts.assertRefused("InvalidParameter.PolicyTooLong", () -> sts.federation(root, policy));
        assertThat(coffer.server().log()).contains("\"code\":\"InvalidParameter.PolicyTooLong\"");
    }

    @Test
    void whoTheRoleTrustsActsAsTheRole() throws TencentCloudSDKException {
        coffer.call(
                "POST",
                "/accounts/" + appId + "/roles",
                "{\"name\":\"reader\",\"trusted\":[\"qcs::cam::uin/" + uin + ":uin/" + uin + "\"]}");
        coffer.policy(appId, "read-a", allow("\"name/cos:GetObject\"", "a/*"));
        coffer.call("PUT", "/accounts/" + appId + "/roles/reader/policies/read-a");
        String arn = "qcs::cam::uin/" + uin + ":roleName/reader";
        AdminApi.Key ann = user("ann", allow("\"name/cos:PutObject\"", "*"));
        CloudSts.assertRefused("UnauthorizedOperation", () -> sts.role(ann, arn));
        coffer.policy(
                appId,
                "of-ann",
                "{\"effect\":\"allow\",\"action\":[\"name/sts:AssumeRole\"],\"resource\":[\"" + arn + "\"]}");
        Credentials keys = sts.role(ann, arn);
        GetCallerIdentityResponse identity = sts.identity(keys);
        assertThat(identity.getType()).isEqualTo("CAMRole");
        assertThat(identity.getAccountId()).isEqualTo(uin);
        assertThat(identity.getUserId()).endsWith(":nightly");
        COSClient cos = use(sts.cos(keys));
        assertThat(cos.getObject(bucket, "a/1")).isNotNull();
        assertRefused(403, "AccessDenied", () -> cos.putObject(bucket, "a/2", "x"));
        coffer.call("DELETE", "/accounts/" + appId + "/roles/reader");
        assertRefused(403, "InvalidAccessKeyId", () -> cos.getObject(bucket, "a/1"));
        CloudSts.assertRefused("ResourceNotFound.RoleNotFound", () -> sts.role(ann, arn));
    }

    @Test
    void eachKeyAndEachRefusalIsALineOfTheAuditLog() throws TencentCloudSDKException {
        Credentials keys = sts.federation(root, readA());
        CloudSts.assertRefused("InvalidParameter.StrategyFormatError", () -> sts.federation(root, "{}"));
        String log = coffer.server().log();
        assertThat(log.lines().filter(line -> line.contains(keys.getTmpSecretId())))
                .singleElement()
                .asString()
                .contains("audit", "\"operation\":\"GetFederationToken\"", root.secretId());
        assertThat(log).contains("\"code\":\"InvalidParameter.StrategyFormatError\"");
        assertThat(log).doesNotContain(keys.getTmpSecretKey(), keys.getToken(), root.secretKey());
    }
}
