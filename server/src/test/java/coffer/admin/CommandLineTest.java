package coffer.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.cam.RemoteInfo;
import coffer.cli.Main;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The command line against a server. */
class CommandLineTest {
    @TempDir
    private Path folder;

    private AdminFixture coffer;
    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    @BeforeEach
    void start() throws IOException {
        coffer = new AdminFixture(folder);
    }

    @AfterEach
    void stop() {
        coffer.close();
    }

    @Test
    void accountsAreManaged() {
        assertThat(admin("account create Demo --app-id 1250000007")).contains("APP ID", "1250000007", "Demo");
        assertThat(admin("account update 1250000007 --quota-bytes 10GiB --quota-buckets 5"))
                .contains("10.0 GiB");
        assertThat(admin("account update 1250000007 --quota-objects 1000")).contains("10.0 GiB", "1000");
        assertThat(admin("account update 1250000007 --quota-bytes unlimited --name Other"))
                .doesNotContain("10.0 GiB")
                .contains("1000", "Other");
        assertThat(admin("account list").lines().toList()).hasSize(3);
        assertThat(admin("account delete 1250000007")).isEqualTo("Deleted the account 1250000007.\n");
    }

    @Test
    void usersGetKeysGroupsAndPolicies() throws IOException {
        Path policy = folder.resolve("policy.json");
        Files.writeString(policy, """
                {"version": "2.0", "statement": [
                  {"sid": "s", "effect": "allow", "action": ["name/cos:GetService"], "resource": ["*"]}]}""");
        admin("user create ann");
        admin("group create readers");
        assertThat(admin("policy put list " + policy)).contains("\"effect\":\"allow\"");
        admin("group attach readers list");
        assertThat(admin("user join ann readers")).contains("GROUPS    readers");
        String key = admin("key create --user ann");
        assertThat(key).contains("SECRET ID   AKID", "SECRET KEY  ");
        String id = key.lines().findFirst().orElseThrow().replaceAll(".* ", "");
        assertThat(admin("key list --user ann")).contains(id, "true").doesNotContain(secret(key));
        assertThat(admin("key disable " + id)).contains("ENABLED    false");
        assertThat(admin("key enable " + id)).contains("ENABLED    true");
        assertThat(admin("explain-access GetService --as-key " + id))
                .contains("ALLOWED    true", "REASON     identity policy list statement[0] s");
        admin("user attach ann QcloudCOSFullAccess");
        assertThat(admin("user list")).contains("ann", "readers", "QcloudCOSFullAccess", id);
        admin("user detach ann QcloudCOSFullAccess");
        admin("user leave ann readers");
        admin("key delete " + id);
        admin("user delete ann");
        admin("group detach readers list");
        admin("group delete readers");
        admin("policy delete list");
        assertThat(admin("policy list").lines().toList()).hasSize(6);
    }

    @Test
    void rolesAndTokensAreManaged() {
        admin("role create r --trust qcs::cam::uin/100000000001:uin/100000000001");
        assertThat(admin("role attach r QcloudCOSReadOnlyAccess")).contains("POLICIES  QcloudCOSReadOnlyAccess");
        assertThat(admin("role trust r")).doesNotContain("qcs::cam");
        admin("role delete r");
        String made = admin("token create backup --expires 30d");
        assertThat(made).contains("ROLE     read-only");
        String id = made.lines().findFirst().orElseThrow().replaceAll(".* ", "");
        assertThat(admin("token list")).contains(id, "backup");
        assertThat(admin("token revoke " + id)).isEqualTo("Revoked the token " + id + ".\n");
    }

    @Test
    void webhooksAreManaged() {
        String made = admin("webhook create orders https://example.com/hook?token=abc");
        assertThat(made).contains("NAME     orders", "SECRET   whsec_");
        String secret = made.lines().reduce((first, last) -> last).orElseThrow().replaceAll(".* ", "");
        assertThat(admin("webhook update orders http://10.0.0.7:8080/")).contains("http://10.0.0.7:8080/");
        assertThat(admin("webhook show orders") + admin("webhook list"))
                .contains("orders", "http://10.0.0.7:8080/")
                .doesNotContain(secret, "example.com");
        String own = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        assertThat(typing(own + "\n", "webhook create own http://host/ --own-secret"))
                .contains(own);
        assertThat(admin("webhook delete orders")).isEqualTo("Deleted the webhook orders.\n");
        assertThat(admin("webhook list").lines().toList()).hasSize(2);
    }

    @Test
    void remoteStoresAreManaged() {
        String secret = "minio-secret";
        String put = "remote put minio http://10.0.0.7:9000 --dialect s3 --remote-id minio --signing-region us-east-1";
        assertThat(typing(secret + "\n", put))
                .contains("PATH STYLE      true", "SIGNING REGION  us-east-1")
                .doesNotContain(secret);
        RemoteInfo minio = coffer.cam.remotes().require("1250000000", "minio");
        assertThat(coffer.cam.remotes().secretKey(minio)).isEqualTo(secret);
        assertThat(typing(secret, "remote put far https://cos.example --dialect cos --remote-id AKIDx"))
                .contains("PATH STYLE      false");
        assertThat(typing(
                        secret, "remote put far https://cos.example --dialect cos --remote-id AKIDx --path-style true"))
                .contains("PATH STYLE      true");
        assertThat(admin("remote list"))
                .contains("minio", "https://cos.example")
                .doesNotContain(secret);
        assertThat(admin("remote show minio")).contains("http://10.0.0.7:9000").doesNotContain(secret);
        assertThat(admin("remote delete minio")).isEqualTo("Deleted the remote store minio.\n");
        assertThat(admin("remote list").lines().toList()).hasSize(2);
    }

    @Test
    void aSecretThatIsMissingIsAskedFor() {
        InputStream before = System.in;
        System.setIn(InputStream.nullInputStream());
        try {
            List<String> put =
                    List.of("remote", "put", "minio", "http://10.0.0.7", "--dialect", "s3", "--remote-id", "minio");
            assertThat(run(put, token())).isEqualTo(2);
        } finally {
            System.setIn(before);
        }
        assertThat(err.toString()).contains("COFFER_REMOTE_SECRET_KEY or on standard input");
        assertThat(coffer.cam.remotes().list("1250000000")).isEmpty();
    }

    /** The same as {@link #admin} with something on standard input. */
    private String typing(String input, String line) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(input.getBytes(UTF_8)));
        try {
            return admin(line);
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void programsGetJson() {
        JsonNode accounts = Json.tree(admin("account list -o json"));
        assertThat(accounts.path("accounts").get(0).path("appId").asString()).isEqualTo("1250000000");
        assertThat(Json.tree(admin("user create ann -o json")).path("name").asString())
                .isEqualTo("ann");
        assertThat(admin("user delete ann -o json")).isEqualTo("{}\n");
        assertThat(Json.tree(admin("status -o json")).path("version").asString())
                .isEqualTo("test");
    }

    @Test
    void bucketsAndRefusalsAreShown() {
        coffer.cos(AdminFixture.ROOT, "PUT", "/b-1250000000");
        assertThat(admin("bucket list")).contains("b-1250000000", "ap-guangzhou");
        assertThat(admin("bucket get b-1250000000")).contains("OWNER UIN", "100000000001", "USAGE BYTES");
        assertThat(admin("bucket list -a 1250000009").lines().toList()).hasSize(1);
        String id = coffer.cosSignedFor(AdminFixture.ROOT, "GET", "/", "elsewhere")
                .response()
                .headers()
                .firstValue("x-cos-request-id")
                .orElseThrow();
        assertThat(admin("explain-request " + id)).contains("FINDING", "SignatureDoesNotMatch");
        assertThat(admin("explain-request")).contains(id);
        assertThat(admin("status")).contains("COUNTS BUCKETS", "MEMORY HEAP MAX BYTES");
    }

    @Test
    void theRootUsersKeySignsForIt() {
        List<String> key = List.of("--secret-id", "AKIDrootkey", "--secret-key", "root-secret");
        assertThat(run(List.of("user", "create", "ann"), key)).isZero();
        assertThat(run(List.of("bucket", "list", "-a", "1250000000"), key)).isZero();
        assertThat(run(List.of("user", "list"), List.of("--secret-id", "AKIDrootkey", "--secret-key", "wrong")))
                .isEqualTo(1);
        assertThat(err.toString()).contains("(SignatureDoesNotMatch, request ");
    }

    @Test
    void whatIsRefusedEndsWith1() {
        assertThat(run(List.of("user", "get", "nobody"), token())).isEqualTo(1);
        assertThat(err.toString()).startsWith("coffer: There is no user nobody. (NoSuchEntity, request ");
        assertThat(run(List.of("account", "create", "x", "--app-id", "1"), token()))
                .isEqualTo(1);
    }

    private static String secret(String key) {
        return key.lines().skip(1).findFirst().orElseThrow().replaceAll(".* ", "");
    }

    private String admin(String line) {
        out = new StringWriter();
        assertThat(run(List.of(line.split(" ", -1)), token()))
                .as(err.toString())
                .isZero();
        return out.toString();
    }

    private static List<String> token() {
        return List.of("--token", AdminFixture.OUTSIDE_TOKEN);
    }

    private int run(List<String> command, List<String> credentials) {
        List<String> arguments = new ArrayList<>(List.of("admin"));
        arguments.addAll(command);
        arguments.addAll(credentials);
        arguments.addAll(List.of("--url", coffer.adminUrl()));
        boolean ofAccount = List.of("user", "group", "policy", "role", "key", "webhook", "remote")
                .contains(command.getFirst());
        if (ofAccount) {
            arguments.addAll(List.of("-a", "1250000000"));
        }
        err = new StringWriter();
        return Main.run(new PrintWriter(out), new PrintWriter(err), arguments.toArray(String[]::new));
    }
}
