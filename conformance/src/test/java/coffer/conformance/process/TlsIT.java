package coffer.conformance.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.conformance.CofferProcess;
import coffer.conformance.JavaSdk;
import coffer.conformance.KeyFiles;
import coffer.conformance.RawConnection;
import coffer.conformance.RawRequest;
import coffer.conformance.RawResponse;
import coffer.conformance.Scratch;
import coffer.conformance.TestBucket;
import coffer.conformance.Trust;
import com.qcloud.cos.COSClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** TLS from the start of a server to its end, byte by byte. */
class TlsIT {
    private static final String BUCKET = "tls-1250000000";
    private static final RawRequest HEALTH = RawRequest.to("GET", "localhost", "/-/health");
    private static final Map<String, String> DEV = Map.of("COFFER_DEV_TLS", "true", "COFFER_TLS_LISTEN", "127.0.0.1:0");

    @Test
    void theCaOfAFirstStartIsThatOfAllLaterOnes() throws IOException {
        try (CofferProcess server = CofferProcess.start(data(), DEV)) {
            assertThat(server.log())
                    .contains("NODE_EXTRA_CA_CERTS=" + server.devCa("ca.pem"))
                    .contains("HTTPS_PROXY=http://" + server.authority());
            String authority = Files.readString(server.devCa("ca.pem"));
            Trust trust = Trust.in(server.devCa("ca.pem"));
            server.kill();
            server.startAgain();
            assertThat(server.devCa("ca.pem")).hasContent(authority);
            try (RawConnection connection = RawConnection.open(server).secured(trust, "service.cos.myqcloud.com")) {
                assertThat(connection.exchange(HEALTH).status()).isEqualTo(200);
            }
        }
    }

    @Test
    void largeObjectsRangesAndManyRequestsGoOverOneConnection() {
        try (CofferProcess server = CofferProcess.start(data(), DEV)) {
            COSClient cos = JavaSdk.client(server);
            TestBucket bucket = TestBucket.create(server, cos, BUCKET);
            byte[] bytes = Scratch.bytes(20_000_000, 5);
            Trust trust = Trust.in(server.devCa("ca.pem"));
            try (RawConnection connection =
                    RawConnection.open(server.tlsAddress()).secured(trust, bucket.host())) {
                RawRequest put = bucket.request("PUT", "/large").body(bytes).signed();
                assertThat(connection.exchange(put).status()).isEqualTo(200);
                RawRequest get = bucket.request("GET", "/large").signed();
                assertThat(connection.exchange(get).body()).isEqualTo(bytes);
                RawRequest range = bucket.request("GET", "/large")
                        .header("Range", "bytes=1000001-18000000")
                        .signed();
                RawResponse part = connection.exchange(range);
                assertThat(part.status()).isEqualTo(206);
                assertThat(part.body()).isEqualTo(Arrays.copyOfRange(bytes, 1_000_001, 18_000_001));
                for (int i = 0; i < 20; i++) {
                    connection.send(bucket.request("GET", "/large")
                            .header("Range", "bytes=" + i + "-" + (i + 9))
                            .signed()
                            .head());
                }
                for (int i = 0; i < 20; i++) {
                    assertThat(connection.read().body()).isEqualTo(Arrays.copyOfRange(bytes, i, i + 10));
                }
            }
            assertThat(bucket.bytes("large")).isEqualTo(bytes);
            cos.shutdown();
        }
    }

    @Test
    void connectLeadsToTheServerItselfAndNowhereElse() {
        try (CofferProcess server = CofferProcess.start(data(), DEV)) {
            Trust trust = Trust.in(server.devCa("ca.pem"));
            String host = BUCKET + ".cos.ap-guangzhou.myqcloud.com";
            try (RawConnection plain = RawConnection.open(server)) {
                assertThat(plain.connect(host + ":443").status()).isEqualTo(200);
                RawConnection inside = plain.secured(trust, host);
                RawResponse answer =
                        inside.exchange(RawRequest.to("GET", host, "/").signed());
                assertThat(answer.errorCode()).isEqualTo("NoSuchBucket");
            }
            for (String other : new String[] {"example.org:443", "169.254.169.254:443", host + ":22"}) {
                try (RawConnection plain = RawConnection.open(server)) {
                    RawResponse refused = plain.connect(other);
                    assertThat(refused.status()).isEqualTo(403);
                    assertThat(refused.errorCode()).isEqualTo("AccessDenied");
                    assertThat(refused.element("Message"))
                            .contains("*.myqcloud.com")
                            .contains("localhost");
                    assertThat(plain.isEnded()).isTrue();
                }
            }
        }
    }

    @Test
    void theAdminApiSpeaksItTooButIsNobodysProxy() {
        try (CofferProcess server =
                CofferProcess.start(data(), Map.of("COFFER_DEV_TLS", "true", "COFFER_ADMIN_LISTEN", "127.0.0.1:0"))) {
            String https = server.adminUrl().replace("http://", "https://");
            String authority = server.devCa("ca.pem").toString();
            CofferProcess.Ended trusting = CofferProcess.admin(
                    Map.of("COFFER_ADMIN_URL", https, "COFFER_ADMIN_CACERT", authority), "status", "-o", "json");
            assertThat(trusting.output()).contains("\"rootAppId\" : \"1250000000\"");
            assertThat(trusting.exitCode()).isZero();
            assertThat(CofferProcess.admin(Map.of("COFFER_ADMIN_URL", server.adminUrl()), "status")
                            .exitCode())
                    .as("by http")
                    .isZero();
            CofferProcess.Ended wary = CofferProcess.admin(Map.of("COFFER_ADMIN_URL", https), "status");
            assertThat(wary.output()).contains("--cacert").doesNotContain("\tat ");
            assertThat(wary.exitCode()).isEqualTo(3);

            URI admin = URI.create(server.adminUrl());
            try (RawConnection plain = RawConnection.open(new InetSocketAddress(admin.getHost(), admin.getPort()))) {
                assertThat(plain.connect("service.cos.myqcloud.com:443").status())
                        .isEqualTo(405);
            }
        }
    }

    @Test
    void withoutCertificatesConnectIsNotThere() {
        try (CofferProcess server = CofferProcess.start(data());
                RawConnection plain = RawConnection.open(server)) {
            RawResponse refused = plain.connect("a.myqcloud.com:443");
            assertThat(refused.status()).isEqualTo(501);
            assertThat(refused.element("Message")).contains("--dev-tls");
        }
    }

    @Test
    void certificatesAreExchangedWhileConnectionsAreOpen() throws IOException {
        Path folder = Scratch.directory("certificates-");
        KeyFiles files = KeyFiles.make(folder, "RSA", "dns:localhost,ip:127.0.0.1");
        Trust first = Trust.in(files.certificate());
        try (CofferProcess server = CofferProcess.start(data(), environment(files));
                RawConnection before = RawConnection.open(server).secured(first, "localhost")) {
            assertThat(before.exchange(HEALTH).status()).isEqualTo(200);

            Files.writeString(files.key(), "nonsense");
            awaitLog(server, "There is no key in " + files.key());
            assertThat(certificate(server, first)).isEqualTo(before.certificate());

            KeyFiles.make(folder, "EC", "dns:localhost,ip:127.0.0.1");
            awaitLog(server, "has changed and is in use from now on");
            Trust second = Trust.in(files.certificate());
            assertThat(certificate(server, second)).isNotEqualTo(before.certificate());
            assertThatThrownBy(() -> certificate(server, first)).isInstanceOf(UncheckedIOException.class);
            assertThat(before.exchange(HEALTH).status()).isEqualTo(200);
        }
    }

    @Test
    void aServerWithWrongFilesSaysSoAndDoesNotStart() throws IOException {
        Path folder = Scratch.directory("certificates-");
        KeyFiles files = KeyFiles.make(folder, "EC", "dns:localhost");
        KeyFiles other = KeyFiles.make(Scratch.directory("certificates-"), "EC", "dns:localhost");
        assertRefuses(new KeyFiles(files.certificate(), other.key()), 1, "does not belong to the first certificate");
        assertRefuses(new KeyFiles(files.certificate(), folder.resolve("absent.pem")), 1, "There is no file");
        assertRefuses(new KeyFiles(files.key(), files.key()), 1, "There is no certificate in");
        CofferProcess.Ended half = CofferProcess.startRefused(
                data(), Map.of("COFFER_TLS_CERT", files.certificate().toString()));
        assertThat(half.exitCode()).isEqualTo(2);
        assertThat(half.output()).contains("--tls-key");
    }

    private static void assertRefuses(KeyFiles files, int exitCode, String why) {
        CofferProcess.Ended ended = CofferProcess.startRefused(data(), environment(files));
        assertThat(ended.exitCode()).isEqualTo(exitCode);
        assertThat(ended.output()).contains("coffer: ").contains(why).doesNotContain("\tat ");
    }

    private static Map<String, String> environment(KeyFiles files) {
        return Map.of(
                "COFFER_TLS_CERT", files.certificate().toString(),
                "COFFER_TLS_KEY", files.key().toString());
    }

    private static X509Certificate certificate(CofferProcess server, Trust trust) {
        try (RawConnection connection = RawConnection.open(server).secured(trust, "127.0.0.1")) {
            assertThat(connection.exchange(HEALTH).status()).isEqualTo(200);
            return connection.certificate();
        }
    }

    private static void awaitLog(CofferProcess server, String sentence) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!server.log().contains(sentence)) {
            assertThat(System.nanoTime()).as(sentence).isLessThan(end);
            java.util.concurrent.locks.LockSupport.parkNanos(50_000_000);
        }
    }

    private static Path data() {
        return Scratch.directory("tls-").resolve("data");
    }
}
