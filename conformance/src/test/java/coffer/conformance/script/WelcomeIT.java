package coffer.conformance.script;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.partitioningBy;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.Account;
import coffer.conformance.CofferProcess;
import coffer.conformance.JavaSdk;
import coffer.conformance.Scratch;
import com.qcloud.cos.COSClient;
import com.qcloud.cos.auth.BasicCOSCredentials;
import com.qcloud.cos.exception.CosServiceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The message of the first start: its account works, and so do its snippets, pasted as they are. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WelcomeIT {
    private static final Map<String, String> NO_ACCOUNT =
            Map.of("COFFER_APPID", "", "COFFER_SECRET_ID", "", "COFFER_SECRET_KEY", "");

    private final CofferProcess server =
            CofferProcess.start(Scratch.directory("welcome-").resolve("data"), NO_ACCOUNT);
    private String welcome;
    private COSClient cos;

    @BeforeAll
    void read() {
        welcome = server.log();
        cos = JavaSdk.client(server, new BasicCOSCredentials(value("SecretId"), value("SecretKey")));
    }

    @AfterAll
    void stop() {
        cos.shutdown();
        server.close();
    }

    @Test
    void theJavaSnippetWorks() throws IOException {
        Map<Boolean, String> lines =
                snippet("Java").lines().collect(partitioningBy(line -> line.startsWith("import "), joining("\n")));
        Script script = new Script(Scratch.directory("welcome-java"));
        String program = lines.get(true) + "\nclass Snippet { public static void main(String[] args) {\n"
                + lines.get(false) + "\ncos.shutdown(); } }\n";
        Files.writeString(script.folder().resolve("Snippet.java"), program);
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        assertStores(script, "java", java, "-cp", System.getProperty("java.class.path"), "Snippet.java");
    }

    @Test
    void theNodeSnippetWorks() {
        assertStores(Script.of("node").install("npm", "ci"), "node", "node", "-e", snippet("Node.js"));
    }

    @Test
    void thePythonSnippetWorks() {
        Script script = Script.of("python")
                .install("python3", "-m", "venv", "venv")
                .install("venv/bin/pip", "install", "--quiet", "--requirement", "requirements.txt");
        assertStores(script, "python", "venv/bin/python", "-c", snippet("Python"));
    }

    @Test
    void theExportLineFitsTheAccount() {
        assertThat(welcome)
                .contains("export COFFER_APPID=%s COFFER_SECRET_ID=%s COFFER_SECRET_KEY=%s\n"
                        .formatted(value("APPID"), value("SecretId"), value("SecretKey")));
        assertThat(value("Endpoint")).isEqualTo("http://" + server.authority());
    }

    @Test
    void aSecretFromOutsideIsNeverWritten() {
        try (CofferProcess given =
                CofferProcess.start(Scratch.directory("given-").resolve("data"))) {
            COSClient wrong = JavaSdk.client(given, new BasicCOSCredentials(Account.SECRET_ID, "a-wrong-secret-key"));
            try {
                wrong.listBuckets();
            } catch (CosServiceException e) {
                assertThat(e.getErrorCode()).isEqualTo("SignatureDoesNotMatch");
            } finally {
                wrong.shutdown();
            }
            assertThat(given.log()).contains(Account.SECRET_ID).doesNotContain(Account.SECRET_KEY);
            given.kill();
            int before = given.log().length();
            given.startAgain();
            assertThat(given.log().substring(before)).doesNotContain("APPID");
        }
    }

    private void assertStores(Script script, String language, String... command) {
        Script.Run run = script.run(server, command);
        assertThat(run.succeeded()).as("see " + run.errors()).isTrue();
        String bucket = language + "-" + value("APPID");
        assertThat(cos.getObjectMetadata(bucket, "hello.txt").getContentLength())
                .isEqualTo("Hello!".length());
    }

    private String value(String label) {
        Matcher matcher =
                Pattern.compile("^  " + label + " +(\\S+)$", Pattern.MULTILINE).matcher(welcome);
        assertThat(matcher.find()).as(label).isTrue();
        return matcher.group(1);
    }

    /** The indented lines below the heading of an SDK. */
    private String snippet(String sdk) {
        List<String> lines = welcome.lines()
                .dropWhile(line -> !line.startsWith(sdk + " ("))
                .skip(2)
                .takeWhile(line -> line.isEmpty() || line.startsWith("  "))
                .map(line -> line.isEmpty() ? line : line.substring(2))
                .toList();
        return String.join("\n", lines);
    }
}
