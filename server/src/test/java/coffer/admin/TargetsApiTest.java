package coffer.admin;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.admin.AdminFixture.Answer;
import coffer.cam.RemoteInfo;
import coffer.cam.WebhookInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Webhooks and remote stores over the socket of the admin API: who may do what, and where secrets do not show. */
class TargetsApiTest {
    private static final String APP_ID = "1250000000";
    private static final String WEBHOOKS = "/admin/v1/accounts/1250000000/webhooks";
    private static final String REMOTES = "/admin/v1/accounts/1250000000/remotes";
    private static final String HOOK =
            "{\"name\":\"orders\",\"url\":\"https://example.com:8443/services/p4th?token=t0ps3cret\"}";
    private static final String MINIO = "{\"endpoint\":\"http://10.0.0.7:9000\",\"dialect\":\"s3\","
            + "\"secretId\":\"minio\",\"secretKey\":\"m1n10-secret\"}";

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
    void aWebhookIsMadeChangedAndDeleted() {
        Answer made = coffer.call("POST", WEBHOOKS, HOOK);
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.text("secret")).startsWith("whsec_");
        WebhookInfo webhook = coffer.cam.webhooks().find(APP_ID, "orders").orElseThrow();
        assertThat(coffer.cam.webhooks().secret(webhook))
                .isEqualTo(Base64.getDecoder().decode(made.text("secret").substring(6)));
        assertThat(coffer.call("POST", WEBHOOKS, HOOK).error()).isEqualTo("EntityAlreadyExists");
        Answer shown = coffer.call("GET", WEBHOOKS + "/orders");
        assertThat(shown.text("url")).endsWith("token=t0ps3cret");
        assertThat(shown.body().has("secret")).isFalse();
        Answer changed = coffer.call("PATCH", WEBHOOKS + "/orders", "{\"url\":\"http://10.0.0.7/\"}");
        assertThat(changed.text("url")).isEqualTo("http://10.0.0.7/");
        assertThat(changed.text("created")).isEqualTo(shown.text("created"));
        assertThat(changed.body().has("secret")).isFalse();
        assertThat(coffer.cam.webhooks().secret(webhook))
                .isEqualTo(coffer.cam.webhooks().secret(coffer.cam.webhooks().require(APP_ID, "orders")));
        JsonNode listed = coffer.call("GET", WEBHOOKS).body().path("webhooks");
        assertThat(listed.size()).isEqualTo(1);
        assertThat(listed.toString()).doesNotContain("secret");
        assertThat(coffer.call("DELETE", WEBHOOKS + "/orders").status()).isEqualTo(204);
        assertThat(coffer.call("GET", WEBHOOKS + "/orders").error()).isEqualTo("NoSuchEntity");
        assertThat(coffer.call("GET", "/admin/v1/accounts/1250000099/webhooks").error())
                .isEqualTo("NoSuchEntity");
    }

    @Test
    void aRemoteStoreIsPutReplacedAndDeleted() {
        Answer put = coffer.call("PUT", REMOTES + "/minio", MINIO);
        assertThat(put.status()).isEqualTo(200);
        assertThat(put.text("region")).isEqualTo("minio");
        assertThat(put.text("signingRegion")).isEqualTo("minio");
        assertThat(put.body().path("pathStyle").asBoolean()).isTrue();
        Answer replaced = coffer.call(
                "PUT",
                REMOTES + "/minio",
                "{\"endpoint\":\"https://cos.example\",\"dialect\":\"cos\",\"secretId\":\"AKIDx\",\"secretKey\":\"other\","
                        + "\"signingRegion\":\"s\"}");
        assertThat(replaced.body().path("pathStyle").asBoolean(true)).isFalse();
        RemoteInfo remote = coffer.cam.remotes().find(APP_ID, "minio").orElseThrow();
        assertThat(remote.dialect()).isEqualTo(RemoteInfo.Dialect.COS);
        assertThat(remote.signingRegion()).isEqualTo("s");
        assertThat(coffer.cam.remotes().secretKey(remote)).isEqualTo("other");
        JsonNode listed = coffer.call("GET", REMOTES).body().path("remotes");
        assertThat(listed.size()).isEqualTo(1);
        assertThat(listed.toString()
                        + put.body()
                        + coffer.call("GET", REMOTES + "/minio").body())
                .doesNotContain("secretKey", "m1n10-secret", "other");
        assertThat(coffer.call("DELETE", REMOTES + "/minio").status()).isEqualTo(204);
        assertThat(coffer.call("DELETE", REMOTES + "/minio").error()).isEqualTo("NoSuchEntity");
        assertThat(coffer.call("GET", "/admin/v1/accounts/1250000099/remotes").error())
                .isEqualTo("NoSuchEntity");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST | webhooks | {\"name\":\"a b\",\"url\":\"http://h/\"} | The name of a webhook has 1 to 64",
                "POST | webhooks | {\"name\":\"w\",\"url\":\"ftp://h/\"} | The URL of a webhook begins with http://HOST",
                "POST | webhooks | {\"name\":\"w\",\"url\":\"http://h/\",\"secret\":\"x\"} | The secret of a webhook is whsec_",
                "POST | webhooks | {\"name\":\"w\"} | The field 'url' is missing",
                "PUT | remotes/ap-guangzhou | SAME | The region ap-guangzhou is served here",
                "PUT | remotes/Upper | SAME | A region has 2 to 40",
                "PUT | remotes/r | SAME | A region has 2 to 40",
                "PUT | remotes/minio | {\"endpoint\":\"http://h\",\"dialect\":\"gcs\",\"secretId\":\"i\",\"secretKey\":\"k\"}"
                        + " | The dialect of a remote store is cos or s3.",
                "PUT | remotes/minio | {\"endpoint\":\"http://h/p\",\"dialect\":\"s3\",\"secretId\":\"i\",\"secretKey\":\"k\"}"
                        + " | The endpoint of a remote store has no path",
                "PUT | remotes/minio | {\"endpoint\":\"http://h\",\"dialect\":\"s3\",\"secretId\":\"i\"} | The field 'secretKey'",
            })
    void whatIsWrongIsRefusedWithASentence(String method, String path, String body, String message) {
        Answer refused =
                coffer.call(method, "/admin/v1/accounts/1250000000/" + path, body.equals("SAME") ? MINIO : body);
        assertThat(refused.error()).isEqualTo("InvalidArgument");
        assertThat(refused.message()).startsWith(message);
        assertThat(coffer.cam.webhooks().list(APP_ID)).isEmpty();
        assertThat(coffer.cam.remotes().list(APP_ID)).isEmpty();
    }

    @Test
    void whoOnlyReadsChangesNothing() {
        String reader = "Bearer "
                + coffer.call("POST", "/admin/v1/tokens", "{\"name\":\"look\",\"role\":\"read-only\"}")
                        .text("token");
        coffer.call("POST", WEBHOOKS, HOOK);
        coffer.call("PUT", REMOTES + "/minio", MINIO);
        assertThat(coffer.callWith(reader, "GET", WEBHOOKS + "/orders", "").status())
                .isEqualTo(200);
        assertThat(coffer.callWith(reader, "GET", REMOTES + "/minio", "").status())
                .isEqualTo(200);
        assertThat(coffer.callWith(reader, "POST", WEBHOOKS, HOOK).error()).isEqualTo("Forbidden");
        assertThat(coffer.callWith(reader, "PATCH", WEBHOOKS + "/orders", "{\"url\":\"http://h/\"}")
                        .error())
                .isEqualTo("Forbidden");
        assertThat(coffer.callWith(reader, "PUT", REMOTES + "/minio", MINIO).error())
                .isEqualTo("Forbidden");
        assertThat(coffer.callWith(reader, "DELETE", REMOTES + "/minio", "").error())
                .isEqualTo("Forbidden");
    }

    @Test
    void theAuditLogHasNeitherSecretsNorWhatIsBehindTheHostOfAUrl() {
        String secret = coffer.call("POST", WEBHOOKS, HOOK).text("secret");
        coffer.call("POST", WEBHOOKS, HOOK);
        coffer.call("PATCH", WEBHOOKS + "/orders?token=t0ps3cret", HOOK);
        coffer.call("PATCH", WEBHOOKS + "/orders", "{\"url\":\"https://user@h/p4th?t0ps3cret\"}");
        coffer.call("PATCH", WEBHOOKS + "/orders", "{\"url\":t0ps3cret}");
        coffer.call("PATCH", WEBHOOKS + "/orders", "{\"url\":\"http://10.0.0.7/p4th?t0ps3cret\"}");
        coffer.call("PUT", REMOTES + "/minio", MINIO);
        coffer.call("PUT", REMOTES + "/minio", MINIO.replace("\"m1n10-secret\"", "m1n10-secret"));
        assertThat(coffer.audited()).hasSize(8);
        assertThat(coffer.audited().get(0))
                .contains("\"operation\":\"CreateWebhook\"", "\"webhook\":\"orders\"")
                .contains("\"url\":\"https://example.com:8443\"");
        assertThat(coffer.audited().get(5)).contains("\"UpdateWebhook\"", "\"url\":\"http://10.0.0.7\"");
        assertThat(coffer.audited().get(6))
                .contains("\"PutRemote\"", "\"endpoint\":\"http://10.0.0.7:9000\"", "\"secretId\":\"minio\"");
        assertThat(String.join("\n", coffer.audited())).doesNotContain(secret, "t0ps3cret", "p4th", "m1n10");
    }
}
