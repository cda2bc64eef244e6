package coffer.conformance.script;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.Account;
import coffer.conformance.CofferProcess;
import coffer.conformance.JavaSdk;
import coffer.conformance.RawResponse;
import coffer.conformance.Scratch;
import coffer.conformance.TestBucket;
import com.qcloud.cos.COSClient;
import com.qcloud.cos.ClientConfig;
import com.qcloud.cos.auth.BasicCOSCredentials;
import com.qcloud.cos.http.HttpMethodName;
import com.qcloud.cos.http.HttpProtocol;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** Programs as they are written for COS, by https and with its host names: only the environment leads them here. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpsIT {
    private final CofferProcess server =
            CofferProcess.start(Scratch.directory("https-").resolve("data"), Map.of("COFFER_DEV_TLS", "true"));
    private final String authority = server.devCa("ca.pem").toString();

    @AfterAll
    void stop() {
        server.close();
    }

    @TestFactory
    Stream<DynamicTest> node() {
        return Script.of("node")
                .install("npm", "ci")
                .with(environment("NODE_EXTRA_CA_CERTS"))
                .cases(server, "node", "https.js");
    }

    @TestFactory
    Stream<DynamicTest> python() {
        return Script.of("python")
                .install("python3", "-m", "venv", "venv")
                .install("venv/bin/pip", "install", "--quiet", "--requirement", "requirements.txt")
                .with(environment("REQUESTS_CA_BUNDLE"))
                .cases(server, "venv/bin/python", "https.py");
    }

    @TestFactory
    Stream<DynamicTest> go() {
        return Script.of("go")
                .install("go", "build", "-o", "cases", ".")
                .with(environment("SSL_CERT_FILE"))
                // Its copy in parts asks by http how large the source is, whatever the client speaks.
                .with(Map.of("HTTP_PROXY", "http://" + server.authority()))
                .cases(server, "./cases");
    }

    /** A process of its own, since these SDKs are told whom to trust and what to connect to by the properties of one. */
    @TestFactory
    Stream<DynamicTest> javaSts() {
        return new Script(Scratch.directory("java-sts-"))
                .cases(
                        server,
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djavax.net.ssl.trustStore=" + server.devCa("ca.jks"),
                        "-Dhttps.proxyHost=" + server.address().getHostString(),
                        "-Dhttps.proxyPort=" + server.address().getPort(),
                        "-Dhttp.nonProxyHosts=127.0.0.1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        JavaStsCases.class.getName());
    }

    /** A page gets temporary keys from the server it came from, and uses them across origins. */
    @TestFactory
    Stream<DynamicTest> browserWithTemporaryKeys() {
        Script script = Script.of("browser")
                .install("npm", "ci", "--ignore-scripts")
                .install("chromium", "--version")
                .with(environment("NODE_EXTRA_CA_CERTS"));
        COSClient cos = JavaSdk.client(server);
        TestBucket bucket = TestBucket.create(server, cos, "browser-" + Account.APPID);
        RawResponse set = bucket.signed(bucket.request("PUT", "/?cors").body(BrowserSdkIT.RULES));
        assertThat(set.status()).isEqualTo(200);
        cos.shutdown();
        return script.cases(server, "node", "main.js", "temporary", bucket.name());
    }

    @Test
    void curl() {
        ClientConfig config = JavaSdk.config(server);
        COSClient cos = new COSClient(new BasicCOSCredentials(Account.SECRET_ID, Account.SECRET_KEY), config);
        String bucket = "curl-" + Account.APPID;
        cos.createBucket(bucket);
        cos.putObject(bucket, "hello.txt", "Hello!");
        cos.shutdown();
        ClientConfig real = new ClientConfig(config.getRegion());
        real.setHttpProtocol(HttpProtocol.https);
        COSClient signer = new COSClient(new BasicCOSCredentials(Account.SECRET_ID, Account.SECRET_KEY), real);
        String url = signer.generatePresignedUrl(
                        bucket, "hello.txt", Date.from(Instant.now().plusSeconds(600)), HttpMethodName.GET)
                .toString();
        signer.shutdown();
        assertThat(url).startsWith("https://" + Account.host(bucket) + "/");

        Script script = new Script(Scratch.directory("curl-")).install("curl", "--version");
        String connectTo = "::" + server.authority();
        for (String[] way : new String[][] {
            {"--proxy", "http://" + server.authority()},
            {"--connect-to", connectTo},
            {"--connect-to", connectTo, "--tls-max", "1.2"}
        }) {
            String[] command = Stream.concat(
                            Stream.of("curl", "--silent", "--show-error", "--fail", "--cacert", authority),
                            Stream.concat(Stream.of(way), Stream.of(url)))
                    .toArray(String[]::new);
            Script.Run run = script.run(server, command);
            assertThat(run.succeeded()).as("see " + run.errors()).isTrue();
            assertThat(run.output()).containsExactly("Hello!");
        }
    }

    private Map<String, String> environment(String trust) {
        return Map.of("HTTPS_PROXY", "http://" + server.authority(), trust, authority);
    }
}
