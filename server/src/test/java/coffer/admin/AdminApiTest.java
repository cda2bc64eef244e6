package coffer.admin;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.admin.AdminFixture.Answer;
import coffer.identity.AccessKey;
import coffer.identity.Account;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The admin API over its socket: who may call it, what it answers, what the audit log says. */
class AdminApiTest {
    private static final String APP = "/admin/v1/accounts/1250000000";

    @TempDir
    private Path folder;

    private AdminFixture coffer;

    @BeforeEach
    void start() throws IOException {
        coffer = new AdminFixture(folder);
    }

    @AfterEach
    void stop() {
        coffer.close();
    }

    @Test
    void anAccountIsMadeChangedAndDeleted() {
        Answer made = coffer.call("POST", "/admin/v1/accounts", "{\"name\":\"Ünit\",\"appId\":\"1250000007\"}");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.text("name")).isEqualTo("Ünit");
        assertThat(made.body().path("quota").path("buckets").asInt()).isEqualTo(200);
        assertThat(made.body().path("quota").has("bytes")).isFalse();
        Answer changed = coffer.call(
                "PATCH", "/admin/v1/accounts/1250000007", "{\"quota\":{\"bytes\":1073741824,\"buckets\":3}}");
        assertThat(changed.body().path("quota").path("bytes").asLong()).isEqualTo(1_073_741_824);
        assertThat(changed.text("name")).isEqualTo("Ünit");
        assertThat(coffer.call("GET", "/admin/v1/accounts")
                        .body()
                        .path("accounts")
                        .size())
                .isEqualTo(2);
        assertThat(coffer.call("DELETE", "/admin/v1/accounts/1250000007").status())
                .isEqualTo(204);
        assertThat(coffer.call("GET", "/admin/v1/accounts/1250000007").error()).isEqualTo("NoSuchEntity");
        assertThat(coffer.call("DELETE", APP).error()).isEqualTo("InvalidArgument");
    }

    @Test
    void anAccountWithBucketsIsNotDeleted() {
        String appId =
                coffer.call("POST", "/admin/v1/accounts", "{\"name\":\"x\"}").text("appId");
        AccessKey key = key(appId, "{}");
        assertThat(coffer.cos(key, "PUT", "/b-" + appId).status()).isEqualTo(200);
        Answer refused = coffer.call("DELETE", "/admin/v1/accounts/" + appId);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.error()).isEqualTo("DeleteConflict");
        assertThat(coffer.call("GET", "/admin/v1/buckets?appId=" + appId)
                        .body()
                        .path("buckets")
                        .get(0)
                        .path("name")
                        .asString())
                .isEqualTo("b-" + appId);
        assertThat(coffer.cos(key, "DELETE", "/b-" + appId).status()).isEqualTo(204);
        assertThat(coffer.call("DELETE", "/admin/v1/accounts/" + appId).status())
                .isEqualTo(204);
        assertThat(coffer.cos(key, "GET", "/").status()).isEqualTo(403);
    }

    @Test
    void aUserGetsRightsFromPoliciesAndGroups() {
        coffer.call("POST", APP + "/users", "{\"name\":\"ann\"}");
        coffer.call("POST", APP + "/groups", "{\"name\":\"readers\"}");
        Answer policy = coffer.call("PUT", APP + "/policies/list", """
                {"document":{"version":"2.0","statement":[
                  {"effect":"allow","action":["name/cos:GetService"],"resource":["*"]}]}}""");
        assertThat(policy.status()).isEqualTo(200);
        AccessKey ann = key("1250000000", "{\"user\":\"ann\"}");
        assertThat(coffer.cos(ann, "GET", "/").status()).isEqualTo(403);
        coffer.call("PUT", APP + "/groups/readers/policies/list");
        Answer joined = coffer.call("PUT", APP + "/users/ann/groups/readers");
        assertThat(joined.body().path("groups").get(0).asString()).isEqualTo("readers");
        assertThat(coffer.cos(ann, "GET", "/").status()).isEqualTo(200);
        assertThat(coffer.call("GET", APP + "/groups/readers")
                        .body()
                        .path("members")
                        .get(0)
                        .asString())
                .isEqualTo("ann");
        assertThat(coffer.call("DELETE", APP + "/groups/readers").error()).isEqualTo("DeleteConflict");
        coffer.call("DELETE", APP + "/users/ann/groups/readers");
        assertThat(coffer.cos(ann, "GET", "/").status()).isEqualTo(403);
        coffer.call("PUT", APP + "/users/ann/policies/QcloudCOSFullAccess");
        assertThat(coffer.cos(ann, "GET", "/").status()).isEqualTo(200);
        assertThat(coffer.call("DELETE", APP + "/users/ann").status()).isEqualTo(204);
        assertThat(coffer.cos(ann, "GET", "/").status()).isEqualTo(403);
    }

    @Test
    void policiesAreShownAsTheyAreAndPresetsAreMarked() {
        String document =
                "{\"version\":\"2.0\",\"statement\":[{\"effect\":\"deny\",\"action\":[\"*\"],\"resource\":[\"*\"]}]}";
        coffer.call("PUT", APP + "/policies/p", "{\"document\":" + Json.text(document) + "}");
        Answer shown = coffer.call("GET", APP + "/policies/p");
        assertThat(shown.body().path("document").toString()).isEqualTo(document);
        assertThat(shown.body().path("preset").asBoolean()).isFalse();
        JsonNode all = coffer.call("GET", APP + "/policies").body().path("policies");
        assertThat(all.size()).isEqualTo(6);
        assertThat(coffer.call("GET", APP + "/policies/QcloudCOSFullAccess")
                        .body()
                        .path("preset")
                        .asBoolean())
                .isTrue();
        Answer wrong =
                coffer.call("PUT", APP + "/policies/p", "{\"document\":" + document.replace("deny", "maybe") + "}");
        assertThat(wrong.error()).isEqualTo("MalformedPolicy");
        assertThat(wrong.message()).contains("statement[0].effect");
    }

    @Test
    void keysAreRotatedDisabledAndDeleted() {
        AccessKey first = key("1250000000", "{}");
        AccessKey second = key("1250000000", "{}");
        assertThat(coffer.call("POST", APP + "/keys", "{}").error()).isEqualTo("LimitExceeded");
        assertThat(coffer.cos(first, "GET", "/").status()).isEqualTo(200);
        String path = APP + "/keys/" + first.secretId();
        assertThat(coffer.call("PATCH", path, "{\"enabled\":false}")
                        .body()
                        .path("enabled")
                        .asBoolean())
                .isFalse();
        assertThat(coffer.cos(first, "GET", "/").status()).isEqualTo(403);
        assertThat(coffer.cos(second, "GET", "/").status()).isEqualTo(200);
        coffer.call("PATCH", path, "{\"enabled\":true}");
        assertThat(coffer.cos(first, "GET", "/").status()).isEqualTo(200);
        assertThat(coffer.call("DELETE", path).status()).isEqualTo(204);
        assertThat(coffer.cos(first, "GET", "/").status()).isEqualTo(403);
        JsonNode keys = coffer.call("GET", APP + "/keys").body().path("keys");
        assertThat(keys.size()).isEqualTo(1);
        assertThat(keys.toString()).contains(second.secretId()).doesNotContain(second.secretKey());
    }

    @Test
    void rolesAreTrustedToWhomTheySay() {
        Answer made = coffer.call(
                "POST",
                APP + "/roles",
                "{\"name\":\"r\",\"trusted\":[\"qcs::cam::uin/100000000001:uin/100000000001\"]}");
        assertThat(made.status()).isEqualTo(201);
        assertThat(coffer.call("PUT", APP + "/roles/r/policies/QcloudCOSReadOnlyAccess")
                        .body()
                        .path("policies")
                        .size())
                .isEqualTo(1);
        assertThat(coffer.call("PUT", APP + "/roles/r/trusted", "{\"trusted\":[]}")
                        .body()
                        .path("trusted")
                        .size())
                .isZero();
        assertThat(coffer.call("DELETE", APP + "/roles/r").status()).isEqualTo(204);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST | /accounts | {\"name\":\"x\",\"nmae\":1} | There is no field 'nmae' here; the fields are appId, name.",
                "POST | /accounts | {} | The field 'name' is missing or has a value of a kind that is not allowed there.",
                "POST | /accounts | {\"name\":7} | The field 'name' is missing or has",
                "POST | /accounts | {\"name\":\"x\",\"name\":\"y\"} | The body is not JSON: Duplicate Object property \"name\"",
                "POST | /accounts | [] | ",
                "POST | /accounts | null | The body must be a JSON object.",
                "POST | /accounts | nonsense | The body is not JSON",
                "PATCH | /accounts/1250000000 | {\"quota\":{\"bytes\":1.5}} | The field 'quota.bytes' is missing or has",
                "PATCH | /accounts/1250000000 | {\"quota\":{\"bytes\":-1}} | A quota is a number from 0.",
                "GET | /buckets?appid=1 |  | There is no parameter 'appid' here; the parameters are appId.",
                "POST | /tokens | {\"name\":\"t\",\"role\":\"king\"} | The role of a token is admin, read-only or metrics.",
                "POST | /tokens | {\"name\":\"\",\"role\":\"admin\"} | The name of a token has 1 to 128 characters",
                "POST | /tokens | {\"name\":\"t\",\"role\":\"admin\",\"expires\":\"2020-01-01T00:00:00Z\"} | The token would",
                "POST | /explain-access | {\"action\":\"Dance\"} | There is no action or operation 'Dance'",
            })
    void whatIsNotExpectedIsRefusedWithASentence(String method, String path, String body, String message) {
        Answer refused = coffer.call(method, "/admin/v1" + path, body == null ? "" : body);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.message()).startsWith(message == null ? "" : message).isNotEmpty();
        assertThat(refused.text("requestId")).isNotEmpty();
    }

    @Test
    void pathsAndMethodsThatAreNotThereSaySo() {
        assertThat(coffer.call("GET", "/admin/v1/nothing").status()).isEqualTo(404);
        assertThat(coffer.call("GET", "/").error()).isEqualTo("NoSuchOperation");
        assertThat(coffer.call("PUT", "/admin/v1/accounts").status()).isEqualTo(405);
        assertThat(coffer.call("POST", "/admin/v1/tokens", "{\"name\":\"" + "x".repeat(300_000) + "\"}")
                        .status())
                .isEqualTo(413);
    }

    @Test
    void aTemporaryKeyMaySignOnlyIfItsPolicyNamesThisApi() {
        assertThat(inSession("name/cos:*\",\"name/coffer:Administer", "*").status())
                .isEqualTo(200);
        for (String actions :
                List.of("*", "name/*", "*:*", "name/cos:*", "*\",\"name/coffer:Administer", "name/coffer:Other")) {
            assertThat(inSession(actions, "*").error()).as(actions).isEqualTo("Forbidden");
        }
        String bucket = "qcs::cos:ap-guangzhou:uid/1250000000:b-1250000000/*";
        assertThat(inSession("name/coffer:Administer", bucket).error()).isEqualTo("Forbidden");
        coffer.sessionPolicy = "broken";
        assertThat(signed(session(), "/admin/v1/accounts").error()).isEqualTo("Forbidden");
    }

    private Answer inSession(String actions, String resource) {
        coffer.sessionPolicy = "{\"version\":\"2.0\",\"statement\":[{\"effect\":\"allow\",\"action\":[\"" + actions
                + "\"],\"resource\":[\"" + resource + "\"]}]}";
        return signed(session(), "/admin/v1/accounts");
    }

    private static AccessKey session() {
        return new AccessKey(AdminFixture.SESSION_ID, AdminFixture.ROOT.secretKey(), AdminFixture.ROOT.account());
    }

    @Test
    void onlyTheRootUserOfTheFirstAccountMaySign() {
        String path = "/admin/v1/accounts";
        assertThat(signed(AdminFixture.ROOT, path).status()).isEqualTo(200);
        assertThat(signed(key("1250000000", "{}"), path).status()).isEqualTo(200);
        coffer.call("POST", APP + "/users", "{\"name\":\"ann\"}");
        coffer.call("PUT", APP + "/users/ann/policies/QcloudCOSFullAccess");
        assertThat(signed(key("1250000000", "{\"user\":\"ann\"}"), path).status())
                .isEqualTo(403);
        String other = coffer.call("POST", path, "{\"name\":\"other\"}").text("appId");
        assertThat(signed(key(other, "{}"), path).error()).isEqualTo("Forbidden");
        AccessKey wrong = new AccessKey("AKIDrootkey", "wrong", new Account("1", "2"));
        assertThat(signed(wrong, path).error()).isEqualTo("SignatureDoesNotMatch");
        Answer nobody = coffer.callWith("", "GET", path, "");
        assertThat(nobody.status()).isEqualTo(401);
        assertThat(nobody.response().headers().firstValue("WWW-Authenticate")).contains("Bearer");
    }

    @Test
    void tokensHaveARoleAndAnEnd() {
        String soon = Instant.now().plus(Duration.ofHours(1)).toString();
        Answer made = coffer.call(
                "POST", "/admin/v1/tokens", "{\"name\":\"look\",\"role\":\"read-only\",\"expires\":\"" + soon + "\"}");
        String token = "Bearer " + made.text("token");
        assertThat(coffer.callWith(token, "GET", "/admin/v1/accounts", "").status())
                .isEqualTo(200);
        Answer refused = coffer.callWith(token, "POST", "/admin/v1/accounts", "{\"name\":\"x\"}");
        assertThat(refused.error()).isEqualTo("Forbidden");
        assertThat(refused.message()).contains("needs the role admin").contains("has the role read-only");
        JsonNode listed = coffer.call("GET", "/admin/v1/tokens").body().path("tokens");
        assertThat(listed.toString()).contains(made.text("id")).doesNotContain(made.text("token"));
        coffer.pass(Duration.ofHours(2));
        assertThat(coffer.callWith(token, "GET", "/admin/v1/accounts", "").status())
                .isEqualTo(401);

        Answer second = coffer.call("POST", "/admin/v1/tokens", "{\"name\":\"all\",\"role\":\"admin\"}");
        String all = "Bearer " + second.text("token");
        assertThat(coffer.callWith(all, "POST", "/admin/v1/accounts", "{\"name\":\"x\"}")
                        .status())
                .isEqualTo(201);
        assertThat(coffer.call("DELETE", "/admin/v1/tokens/" + second.text("id"))
                        .status())
                .isEqualTo(204);
        assertThat(coffer.callWith(all, "GET", "/admin/v1/accounts", "").status())
                .isEqualTo(401);
        assertThat(coffer.callWith(all + "0", "GET", "/admin/v1/accounts", "").status())
                .isEqualTo(401);
    }

    @Test
    void whoGuessesIsSlowedDownAndWhoKnowsIsNot() {
        String path = "/admin/v1/accounts";
        assertThat(coffer.call("GET", path).status()).isEqualTo(200);
        int slowed = 0;
        for (int i = 0; i < 150; i++) {
            int status =
                    coffer.callWith("Bearer guess-number-" + i, "GET", path, "").status();
            slowed += status == 429 ? 1 : 0;
        }
        assertThat(slowed).isPositive();
        AccessKey unknown = new AccessKey("AKIDunknown", "x", new Account("1", "2"));
        assertThat(coffer.cos(unknown, "GET", "/").status()).isEqualTo(503);
        assertThat(coffer.callWith("Bearer coffer-abcdefabcdef-1", "GET", path, "")
                        .status())
                .isEqualTo(429);
        assertThat(coffer.call("GET", path).status()).isEqualTo(200);
        coffer.pass(Duration.ofSeconds(10));
        assertThat(coffer.cos(unknown, "GET", "/").status()).isEqualTo(403);
    }

    @Test
    void theStatusSaysHowTheServerIs() {
        Answer status = coffer.call("GET", "/admin/v1/status");
        assertThat(status.text("version")).isEqualTo("test");
        assertThat(status.body().has("trouble")).isFalse();
        assertThat(status.body().path("disk").path("freeBytes").asLong()).isPositive();
        assertThat(status.body().path("memory").path("heapUsedBytes").asLong()).isPositive();
        assertThat(status.body().path("counts").path("accounts").asInt()).isEqualTo(1);
    }

    @Test
    void changesAndRefusalsAreAuditedWithoutSecrets() {
        AccessKey key = key("1250000000", "{}");
        coffer.call("POST", APP + "/users", "{\"name\":\"ann\"}");
        coffer.call("POST", APP + "/users", "{\"name\":\"ann\"}");
        String token = coffer.call("POST", "/admin/v1/tokens", "{\"name\":\"t\",\"role\":\"admin\"}")
                .text("token");
        coffer.callWith("Bearer wrong", "GET", "/admin/v1/accounts", "");
        coffer.call("GET", "/admin/v1/accounts");
        assertThat(coffer.audited()).hasSize(5);
        assertThat(coffer.audited().get(0))
                .startsWith("{\"outcome\":\"done\",\"operation\":\"CreateKey\"")
                .contains("\"secretId\":\"" + key.secretId() + "\"", "\"caller\":\"token COFFER_ADMIN_TOKEN\"");
        assertThat(coffer.audited().get(1)).contains("\"user\":\"ann\"", "\"uin\":\"1000");
        assertThat(coffer.audited().get(2)).contains("\"refused\"", "EntityAlreadyExists");
        assertThat(coffer.audited().get(4)).contains("\"refused\"", "\"caller\":\"nobody\"", "Unauthorized");
        assertThat(String.join("\n", coffer.audited()))
                .doesNotContain(key.secretKey(), token, AdminFixture.OUTSIDE_TOKEN);
    }

    private Answer signed(AccessKey key, String path) {
        return coffer.callWith(coffer.signed(key, "GET", path), "GET", path, "");
    }

    /** Makes a key through the API. */
    private AccessKey key(String appId, String body) {
        Answer made = coffer.call("POST", "/admin/v1/accounts/" + appId + "/keys", body);
        assertThat(made.status()).isEqualTo(201);
        return new AccessKey(made.text("secretId"), made.text("secretKey"), new Account(appId, ""));
    }
}
