package coffer.conformance.accounts;

import static coffer.conformance.Refusals.assertRefused;
import static coffer.conformance.Refusals.assertStatus;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.qcloud.cos.COSClient;
import com.qcloud.cos.exception.CosServiceException;
import com.qcloud.cos.model.AccessControlList;
import com.qcloud.cos.model.Bucket;
import com.qcloud.cos.model.Permission;
import com.qcloud.cos.model.UinGrantee;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Accounts that do not see each other, unless one lets the other in; keys that come and go. */
class AccountsIT {
    private static AdminApi coffer;

    @BeforeAll
    static void start() {
        coffer = AdminApi.start();
    }

    @AfterAll
    static void stop() {
        coffer.close();
    }

    @Test
    void accountsAreIsolated() {
        String here = coffer.account("here");
        String there = coffer.account("there");
        COSClient ours = coffer.cos(coffer.rootKey(here));
        COSClient theirs = coffer.cos(coffer.rootKey(there));
        ours.createBucket("b-" + here);
        ours.putObject("b-" + here, "k", "ours");
        theirs.createBucket("b-" + there);

        assertThat(ours.listBuckets()).extracting(Bucket::getName).containsExactly("b-" + here);
        assertThat(theirs.listBuckets()).extracting(Bucket::getName).containsExactly("b-" + there);
        assertRefused(403, "AccessDenied", () -> theirs.getObject("b-" + here, "k"));
        assertRefused(403, "AccessDenied", () -> theirs.putObject("b-" + here, "k", "theirs"));
        assertRefused(403, "AccessDenied", () -> theirs.listObjects("b-" + here));
        assertRefused(403, "AccessDenied", () -> theirs.createBucket("mine-" + here));
        assertStatus(403, () -> theirs.getObjectMetadata("b-" + here, "k"));
        assertRefused(403, "AccessDenied", () -> theirs.deleteBucket("b-" + here));
    }

    @Test
    void anAclLetsAnotherAccountIn() {
        String owner = coffer.account("owner");
        String guest = coffer.account("guest");
        String guestUin = coffer.call("GET", "/accounts/" + guest).get("uin").asText();
        COSClient ours = coffer.cos(coffer.rootKey(owner));
        COSClient theirs = coffer.cos(coffer.rootKey(guest));
        String bucket = "shared-" + owner;
        ours.createBucket(bucket);
        ours.putObject(bucket, "k", "shared");
        AccessControlList acl = ours.getBucketAcl(bucket);
        acl.grantPermission(new UinGrantee("qcs::cam::uin/" + guestUin + ":uin/" + guestUin), Permission.Read);
        ours.setBucketAcl(bucket, acl);

        assertThat(theirs.listObjects(bucket).getObjectSummaries()).hasSize(1);
        assertRefused(403, "AccessDenied", () -> theirs.putObject(bucket, "k", "theirs"));
        coffer.user(guest, "ann");
        COSClient ann = coffer.cos(coffer.userKey(guest, "ann"));
        assertRefused(403, "AccessDenied", () -> ann.listObjects(bucket));
        coffer.attach(guest, "ann", "QcloudCOSReadOnlyAccess");
        assertThat(ann.listObjects(bucket).getObjectSummaries()).hasSize(1);
    }

    @Test
    void aPolicyLetsAUserOfAnotherAccountIn() {
        String owner = coffer.account("owner");
        String guest = coffer.account("guest");
        String guestUin = coffer.call("GET", "/accounts/" + guest).get("uin").asText();
        String ann = coffer.user(guest, "ann");
        coffer.user(guest, "bob");
        coffer.attach(guest, "ann", "QcloudCOSFullAccess");
        coffer.attach(guest, "bob", "QcloudCOSFullAccess");
        COSClient ours = coffer.cos(coffer.rootKey(owner));
        String bucket = "shared-" + owner;
        ours.createBucket(bucket);
        ours.putObject(bucket, "public/k", "shared");
        ours.setBucketPolicy(bucket, """
                {"version":"2.0","Statement":[{"Effect":"allow",
                  "Principal":{"qcs":["qcs::cam::uin/%s:uin/%s"]},"Action":["name/cos:GetObject"],
                  "Resource":["qcs::cos:ap-guangzhou:uid/%s:%s/public/*"]}]}""".formatted(guestUin, ann, owner, bucket));
        COSClient his = coffer.cos(coffer.userKey(guest, "ann"));
        assertThat(his.getObject(bucket, "public/k").getObjectMetadata().getContentLength())
                .isEqualTo(6);
        assertRefused(403, "AccessDenied", () -> his.getObject(bucket, "private/k"));
        COSClient other = coffer.cos(coffer.userKey(guest, "bob"));
        assertRefused(403, "AccessDenied", () -> other.getObject(bucket, "public/k"));
    }

    @Test
    void keysAreRotatedWithoutAPause() {
        String appId = coffer.account("rotation");
        AdminApi.Key old = coffer.rootKey(appId);
        coffer.cos(old).createBucket("b-" + appId);
        AdminApi.Key next = coffer.rootKey(appId);
        COSClient before = coffer.cos(old);
        COSClient after = coffer.cos(next);
        before.putObject("b-" + appId, "k", "1");
        after.putObject("b-" + appId, "k", "2");
        coffer.call("PATCH", "/accounts/" + appId + "/keys/" + old.secretId(), "{\"enabled\":false}");
        assertRefused(403, "InvalidAccessKeyId", () -> before.putObject("b-" + appId, "k", "3"));
        after.putObject("b-" + appId, "k", "4");
        coffer.call("PATCH", "/accounts/" + appId + "/keys/" + old.secretId(), "{\"enabled\":true}");
        before.putObject("b-" + appId, "k", "5");
        coffer.call("DELETE", "/accounts/" + appId + "/keys/" + old.secretId());
        assertRefused(403, "InvalidAccessKeyId", () -> before.putObject("b-" + appId, "k", "6"));
        after.putObject("b-" + appId, "k", "7");
        JsonNode keys = coffer.call("GET", "/accounts/" + appId + "/keys").get("keys");
        assertThat(keys).hasSize(1);
        assertThat(keys.get(0).get("secretId").asText()).isEqualTo(next.secretId());
    }

    @Test
    void aDeletedUserIsOutAtOnceAndADeletedAccountToo() {
        String appId = coffer.account("leaving");
        coffer.user(appId, "ann");
        coffer.attach(appId, "ann", "QcloudCOSFullAccess");
        COSClient ann = coffer.cos(coffer.userKey(appId, "ann"));
        COSClient root = coffer.cos(coffer.rootKey(appId));
        ann.createBucket("b-" + appId);
        assertThat(root.listBuckets()).hasSize(1);
        coffer.call("DELETE", "/accounts/" + appId + "/users/ann");
        assertRefused(403, "InvalidAccessKeyId", () -> ann.listObjects("b-" + appId));
        root.deleteBucket("b-" + appId);
        coffer.call("DELETE", "/accounts/" + appId);
        assertRefused(403, "InvalidAccessKeyId", root::listBuckets);
    }

    @Test
    void anAccountHasTheBucketsItsQuotaSays() {
        String appId = coffer.account("small");
        coffer.call("PATCH", "/accounts/" + appId, "{\"quota\":{\"buckets\":2}}");
        COSClient root = coffer.cos(coffer.rootKey(appId));
        root.createBucket("a-" + appId);
        root.createBucket("b-" + appId);
        assertRefused(400, "TooManyBuckets", () -> root.createBucket("c-" + appId));
        coffer.call("PATCH", "/accounts/" + appId, "{\"quota\":{\"buckets\":3}}");
        root.createBucket("c-" + appId);
    }

    @Test
    void accountsUsersAndKeysOutliveTheServer() {
        String appId = coffer.account("lasting");
        coffer.user(appId, "ann");
        coffer.attach(appId, "ann", "QcloudCOSReadOnlyAccess");
        AdminApi.Key key = coffer.userKey(appId, "ann");
        coffer.server().kill();
        coffer.server().startAgain();
        assertThat(coffer.cos(key).listBuckets()).isEmpty();
    }

    @Test
    void webhooksAndRemoteStoresOutliveTheServer() {
        String account = "/accounts/" + coffer.account("elsewhere");
        String secret = coffer.call(
                        "POST", account + "/webhooks", "{\"name\":\"w\",\"url\":\"http://10.0.0.1/?token=t0ps3cret\"}")
                .get("secret")
                .asText();
        coffer.call("POST", account + "/webhooks", "{\"name\":\"gone\",\"url\":\"http://10.0.0.1/\"}");
        coffer.call("PUT", account + "/remotes/minio", remote("s3", "f1rst-secret"));
        coffer.call("DELETE", account + "/webhooks/gone");
        coffer.call("PUT", account + "/remotes/minio", remote("cos", "s3cond-secret"));
        coffer.server().kill();
        coffer.server().startAgain();
        JsonNode webhooks = coffer.call("GET", account + "/webhooks").get("webhooks");
        assertThat(webhooks).hasSize(1);
        assertThat(webhooks.get(0).get("url").asText()).isEqualTo("http://10.0.0.1/?token=t0ps3cret");
        JsonNode remote = coffer.call("GET", account + "/remotes/minio");
        assertThat(remote.get("dialect").asText()).isEqualTo("cos");
        assertThat(remote.get("secretId").asText()).isEqualTo("id");
        assertThat(coffer.server().log())
                .contains("\"operation\":\"CreateWebhook\"", "\"operation\":\"PutRemote\"")
                .doesNotContain(secret, "t0ps3cret", "f1rst-secret", "s3cond-secret");
    }

    private static String remote(String dialect, String secretKey) {
        return "{\"endpoint\":\"https://store.example\",\"dialect\":\"" + dialect
                + "\",\"secretId\":\"id\",\"secretKey\":\"" + secretKey + "\"}";
    }

    @Test
    void whyARequestWasRefusedIsToldByItsId() {
        String appId = coffer.account("asking");
        coffer.cos(coffer.rootKey(appId)).createBucket("b-" + appId);
        coffer.user(appId, "ann");
        coffer.policy(
                appId,
                "never",
                "{\"sid\":\"no writes\",\"effect\":\"deny\",\"action\":[\"name/cos:Put*\"],\"resource\":[\"*\"]}");
        coffer.attach(appId, "ann", "never");
        COSClient ann = coffer.cos(coffer.userKey(appId, "ann"));
        CosServiceException refused = assertRefused(403, "AccessDenied", () -> ann.putObject("b-" + appId, "k", "1"));
        String id = URLEncoder.encode(refused.getRequestId(), StandardCharsets.UTF_8);
        JsonNode why = onlyAnswer("/refusals/" + id);
        assertThat(why.get("reason").asText()).isEqualTo("identity policy never statement[0] no writes");
        assertThat(why.get("resource").asText()).isEqualTo("qcs::cos:ap-guangzhou:uid/" + appId + ":b-" + appId + "/k");

        COSClient wrong = coffer.cos(new AdminApi.Key("AKIDconformance00000000000000000001", "not-its-secret"));
        CosServiceException mismatch = assertRefused(403, "SignatureDoesNotMatch", wrong::listBuckets);
        String mismatchId = URLEncoder.encode(mismatch.getRequestId(), StandardCharsets.UTF_8);
        assertThat(onlyAnswer("/refusals/" + mismatchId).get("finding").asText())
                .startsWith("No mistake that clients are known to make explains the signature");
        assertThat(coffer.server().log()).contains(mismatch.getRequestId() + " SignatureDoesNotMatch");
    }

    /** What a server keeps for itself: of several on one store, the one that was asked has it. */
    private static JsonNode onlyAnswer(String path) {
        List<JsonNode> answers = coffer.ask(path);
        assertThat(answers).hasSize(1);
        return answers.getFirst();
    }

    @Test
    void eachChangeIsALineInTheAuditLogAndNoSecretIsInAny() {
        String appId = coffer.account("audited");
        String uin = coffer.user(appId, "ann");
        AdminApi.Key key = coffer.userKey(appId, "ann");
        coffer.attach(appId, "ann", "QcloudCOSReadOnlyAccess");
        coffer.call("DELETE", "/accounts/" + appId + "/keys/" + key.secretId());
        coffer.call("DELETE", "/accounts/" + appId + "/users/ann");
        List<String> lines = coffer.server()
                .log()
                .lines()
                .filter(line -> line.contains(" audit {") && line.contains(appId))
                .toList();
        assertThat(lines).hasSize(6);
        assertThat(lines.get(0)).contains("\"operation\":\"CreateAccount\"");
        assertThat(lines.get(1)).contains("\"operation\":\"CreateUser\"", "\"uin\":\"" + uin + "\"");
        assertThat(lines.get(2)).contains("\"operation\":\"CreateKey\"", key.secretId());
        assertThat(lines.get(3)).contains("\"operation\":\"AttachUserPolicy\"", "/policies/QcloudCOSReadOnlyAccess");
        assertThat(lines.get(4)).contains("\"operation\":\"DeleteKey\"");
        assertThat(lines.get(5)).contains("\"operation\":\"DeleteUser\"", "\"caller\":\"token COFFER_ADMIN_TOKEN\"");
        assertThat(coffer.server().log()).doesNotContain(key.secretKey());
    }
}
