package coffer.admin;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.access.Acl;
import coffer.access.Grant;
import coffer.access.Grantee;
import coffer.access.Permission;
import coffer.admin.AdminFixture.Answer;
import coffer.bucket.BucketSettings;
import coffer.bucket.Settings;
import coffer.identity.AccessKey;
import coffer.identity.Account;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Why somebody may do something, and why a request was refused. */
class ExplainAccessTest {
    private static final String APP = "/admin/v1/accounts/1250000000";
    private static final String BUCKET = "b-1250000000";

    @TempDir
    private Path folder;

    private AdminFixture coffer;

    @BeforeEach
    void start() throws IOException {
        coffer = new AdminFixture(folder);
        coffer.cos(AdminFixture.ROOT, "PUT", "/" + BUCKET);
        coffer.call("POST", APP + "/users", "{\"name\":\"ann\"}");
        coffer.call("PUT", APP + "/policies/office", """
                {"document":{"version":"2.0","statement":[
                  {"sid":"read","effect":"allow","action":["name/cos:GetObject"],
                   "resource":["qcs::cos:ap-guangzhou:uid/1250000000:b-1250000000/a/*"],
                   "condition":{"ip_equal":{"qcs:ip":["10.0.0.0/8"]}}},
                  {"sid":"never","effect":"deny","action":["name/cos:DeleteObject"],"resource":["*"]}]}}""");
        coffer.call("PUT", APP + "/users/ann/policies/office");
    }

    @AfterEach
    void stop() {
        coffer.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"appId\":\"1250000000\" | GetObject | true | ownership | owner of the bucket",
                "\"appId\":\"1250000000\",\"user\":\"ann\",\"sourceIp\":\"10.1.2.3\" | name/cos:GetObject | true"
                        + " | statement | identity policy office statement[0] read",
                "\"appId\":\"1250000000\",\"user\":\"ann\",\"sourceIp\":\"11.1.2.3\" | GetObject | false"
                        + " | nothing | nothing allows it",
                "\"appId\":\"1250000000\",\"user\":\"ann\" | DeleteObject | false"
                        + " | statement | identity policy office statement[1] never",
                "\"secure\":true | GetObject | false | nothing | nothing allows it",
                "\"headers\":{\"Referer\":\"x\"},\"query\":{\"prefix\":\"y\"} | PutObject | false | nothing | nothing",
            })
    void theDecisionAndWhatMadeIt(String who, String action, boolean allowed, String kind, String reason) {
        Answer answer = explain(who + ",\"bucket\":\"" + BUCKET + "\",\"key\":\"a/b\",\"action\":\"" + action + "\"");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("allowed").asBoolean()).isEqualTo(allowed);
        assertThat(answer.body().path("decidedBy").path("kind").asString()).isEqualTo(kind);
        assertThat(answer.text("reason")).startsWith(reason);
        assertThat(answer.text("resource")).isEqualTo("qcs::cos:ap-guangzhou:uid/1250000000:b-1250000000/a/b");
    }

    @Test
    void aGrantOfAnAclIsNamed() {
        coffer.services
                .settings()
                .put(
                        coffer.services.buckets().find(BUCKET).orElseThrow(),
                        Settings.ACL,
                        new Acl(List.of(new Grant(Grantee.Group.ALL_USERS, Permission.READ))),
                        BucketSettings.Rule.any());
        Answer answer = explain("\"action\":\"GetBucket\",\"bucket\":\"" + BUCKET + "\"");
        assertThat(answer.body().path("allowed").asBoolean()).isTrue();
        assertThat(answer.text("principal")).isEqualTo("anonymous");
        assertThat(answer.body().path("decidedBy").path("acl").asString()).isEqualTo("bucket");
        assertThat(answer.body().path("decidedBy").path("permission").asString())
                .isEqualTo("READ");
    }

    @Test
    void theServiceAndNewBucketsCanBeAskedAboutToo() {
        Answer list = explain("\"appId\":\"1250000000\",\"action\":\"ListBuckets\"");
        assertThat(list.text("action")).isEqualTo("name/cos:GetService");
        assertThat(list.body().path("allowed").asBoolean()).isTrue();
        Answer make = explain(
                "\"appId\":\"1250000000\",\"user\":\"ann\",\"action\":\"PutBucket\",\"bucket\":\"new-1250000000\"");
        assertThat(make.body().path("allowed").asBoolean()).isFalse();
        assertThat(explain("\"action\":\"GetBucket\",\"bucket\":\"none-1250000000\"")
                        .status())
                .isEqualTo(404);
        assertThat(explain("\"action\":\"GetBucket\",\"secretId\":\"AKIDnone\"").status())
                .isEqualTo(404);
    }

    @Test
    void aRefusalIsRememberedWithWhatWasAskedAndWhy() {
        Answer made = coffer.call("POST", APP + "/keys", "{\"user\":\"ann\"}");
        AccessKey ann = new AccessKey(made.text("secretId"), made.text("secretKey"), new Account("", ""));
        Answer refused = coffer.cos(ann, "DELETE", "/" + BUCKET + "/a/b");
        assertThat(refused.status()).isEqualTo(403);
        Answer why = refusal(refused);
        assertThat(why.text("action")).isEqualTo("DeleteObject");
        assertThat(why.text("resource")).isEqualTo("qcs::cos:ap-guangzhou:uid/1250000000:b-1250000000/a/b");
        assertThat(why.text("reason")).isEqualTo("identity policy office statement[1] never");
        assertThat(why.text("principal")).startsWith("qcs::cam::uin/100000000001:uin/1000");
        assertThat(why.text("code")).isEqualTo("AccessDenied");
        assertThat(coffer.call("GET", "/admin/v1/refusals?limit=1")
                        .body()
                        .path("refusals")
                        .size())
                .isEqualTo(1);
        assertThat(coffer.call("GET", "/admin/v1/refusals/unknown").status()).isEqualTo(404);
    }

    @Test
    void aWrongSignatureIsRememberedWithTheMistake() {
        Answer refused =
                coffer.cosSignedFor(AdminFixture.ROOT, "GET", "/" + BUCKET, BUCKET + ".cos.ap-guangzhou.myqcloud.com");
        assertThat(refused.response().body()).contains("SignatureDoesNotMatch");
        Answer why = refusal(refused);
        assertThat(why.text("finding"))
                .startsWith("The client signed the host " + BUCKET
                        + ".cos.ap-guangzhou.myqcloud.com, but the request came");
        assertThat(why.text("secretId")).isEqualTo(AdminFixture.ROOT.secretId());
        assertThat(why.body().toString()).doesNotContain(AdminFixture.ROOT.secretKey());
    }

    private Answer refusal(Answer refused) {
        String id = refused.response().headers().firstValue("x-cos-request-id").orElseThrow();
        Answer why = coffer.call("GET", "/admin/v1/refusals/" + URLEncoder.encode(id, StandardCharsets.UTF_8));
        assertThat(why.status()).isEqualTo(200);
        assertThat(why.text("requestId")).isEqualTo(id);
        return why;
    }

    private Answer explain(String fields) {
        return coffer.call("POST", "/admin/v1/explain-access", "{" + fields + "}");
    }
}
