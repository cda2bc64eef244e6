package coffer.conformance.process;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.Account;
import coffer.conformance.CofferProcess;
import coffer.conformance.JavaSdk;
import coffer.conformance.RawConnection;
import coffer.conformance.RawRequest;
import coffer.conformance.S3Sdk;
import coffer.conformance.Scratch;
import coffer.conformance.TestBucket;
import com.qcloud.cos.COSClient;
import com.qcloud.cos.exception.CosServiceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;

/** What a monitoring system sees of a server that works, and of one that closes. */
class MonitoringIT {
    private static final String TOKEN = "a-token-for-monitoring";
    private static final Path ROOT =
            CofferProcess.launcher().toAbsolutePath().resolve("..").normalize();

    private final CofferProcess server = CofferProcess.start(
            Scratch.directory("monitoring-").resolve("data"),
            Map.of("COFFER_ADMIN_LISTEN", "127.0.0.1:0", "COFFER_ADMIN_TOKEN", TOKEN));
    private final COSClient cos = JavaSdk.client(server);
    private final TestBucket bucket = TestBucket.create(server, cos, "monitored-1250000000");
    private final Monitor monitor = Monitor.of(server);

    @AfterEach
    void stop() {
        cos.shutdown();
        server.close();
    }

    private String metrics() {
        String answer = monitor.get("/metrics", "Authorization", "Bearer " + TOKEN);
        assertThat(answer).startsWith("200 ");
        return answer.substring(4);
    }

    private void work() {
        bucket.put("a", Scratch.bytes(3_000_000, 1));
        assertThat(bucket.bytes("a")).hasSize(3_000_000);
        CosServiceException absent = Assertions.catchThrowableOfType(
                CosServiceException.class, () -> cos.getObjectMetadata(bucket.name(), "absent"));
        assertThat(absent.getStatusCode()).isEqualTo(404);
        try (S3Client s3 = S3Sdk.client(server)) {
            s3.getObjectAsBytes(get -> get.bucket("monitored").key("a"));
        }
    }

    @Test
    void countsRequestsBytesErrorsAndTimes() {
        work();
        String metrics = metrics();
        assertThat(Monitor.sum(
                        metrics, "coffer_requests_total{dialect=\"cos\",operation=\"PutObject\",status=\"2xx\"}"))
                .isEqualTo(1);
        assertThat(Monitor.sum(metrics, "coffer_requests_total{dialect=\"s3\",operation=\"GetObject\",status=\"2xx\"}"))
                .isEqualTo(1);
        assertThat(Monitor.sum(
                        metrics, "coffer_requests_total{dialect=\"cos\",operation=\"HeadObject\",status=\"4xx\"}"))
                .isEqualTo(1);
        assertThat(Monitor.sum(metrics, "coffer_request_errors_total{code=\"NoSuchKey\",dialect=\"cos\"}"))
                .isEqualTo(1);
        assertThat(Monitor.sum(metrics, "coffer_request_received_bytes_total{dialect=\"cos\",operation=\"PutObject\"}"))
                .isEqualTo(3_000_000);
        assertThat(Monitor.sum(metrics, "coffer_request_sent_bytes_total{dialect=\"s3\",operation=\"GetObject\"}"))
                .isEqualTo(3_000_000);
        assertThat(Monitor.sum(
                        metrics,
                        "coffer_request_duration_seconds_bucket{dialect=\"cos\",operation=\"PutObject\",le=\"30.0\"}"))
                .isEqualTo(1);
        assertThat(Monitor.sum(metrics, "coffer_local_commits_total")).isPositive();
        assertThat(Monitor.sum(metrics, "coffer_local_disk_free_bytes")).isPositive();
        assertThat(Monitor.sum(metrics, "coffer_http_connections ")).isPositive();
        assertThat(Monitor.sum(metrics, "coffer_worker_pieces_total{worker=\"lifecycle\"}"))
                .isPositive();
        assertThat(Monitor.sum(metrics, "jvm_memory_used_bytes")).isPositive();
        assertThat(Monitor.sum(metrics, "coffer_ready ")).isEqualTo(1);
        assertThat(metrics).doesNotContain("monitored", TOKEN);
    }

    @Test
    void metricsAreForWhoHasAToken() {
        assertThat(monitor.get("/metrics")).startsWith("401 ");
        assertThat(monitor.get("/metrics", "Authorization", "Bearer wrong-wrong-wrong"))
                .startsWith("401 ");
        CofferProcess.Ended made = CofferProcess.admin(
                Map.of("COFFER_ADMIN_URL", server.adminUrl(), "COFFER_ADMIN_TOKEN", TOKEN),
                "token",
                "create",
                "prometheus",
                "--role",
                "metrics");
        assertThat(made.exitCode()).as(made.output()).isZero();
        String token = Pattern.compile("coffer-[0-9a-f]{12}-[0-9a-f]{40}")
                .matcher(made.output())
                .results()
                .map(MatchResult::group)
                .findFirst()
                .orElseThrow();
        assertThat(monitor.get("/metrics", "Authorization", "Bearer " + token)).startsWith("200 ");
        assertThat(monitor.get("/admin/v1/status", "Authorization", "Bearer " + token))
                .startsWith("403 ")
                .contains("needs the role read-only");
    }

    @Test
    void saysThatItClosesForAsLongAsItFinishesRequests() {
        assertThat(monitor.get("/health/ready")).isEqualTo("200 {\"status\":\"ok\"}");
        assertThat(monitor.get("/health/live")).isEqualTo("200 {\"status\":\"ok\"}");
        byte[] bytes = Scratch.bytes(1_000_000, 8);
        RawRequest put = bucket.request("PUT", "/k").body(bytes).signed();
        try (RawConnection connection = bucket.connect()) {
            connection.send(put.head());
            server.askToStop();
            String answer = "";
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
            while (!answer.startsWith("503 ") && System.nanoTime() < end) {
                answer = monitor.get("/health/ready");
            }
            assertThat(answer).startsWith("503 ").contains("\"reason\":\"closing\"");
            assertThat(monitor.get("/health/live")).startsWith("200 ");
            connection.send(bytes);
            assertThat(connection.read(put).status()).isEqualTo(200);
        }
        assertThat(server.exitCode()).isIn(0, 143);
    }

    /** The page names what is there, and there is nothing that it does not name. */
    @Test
    void thePageNamesWhatThereIs() throws IOException {
        work();
        Set<String> there = Monitor.lines(metrics()).stream()
                .filter(line -> line.startsWith("# TYPE coffer_"))
                .map(line -> line.split(" ", -1)[2])
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(there).hasSizeGreaterThan(30);
        Set<String> named = names(ROOT.resolve("docs/monitoring.md"));
        named.removeIf(name -> name.startsWith("coffer_rados_"));
        assertThat(named).isEqualTo(there);
    }

    @Test
    void onCephItTellsWhatThePageNames() throws IOException {
        try (TwoGateways gateways =
                TwoGateways.start(Map.of("COFFER_ADMIN_LISTEN", "127.0.0.1:0", "COFFER_PUBLIC_METRICS", "true"))) {
            COSClient first = JavaSdk.client(gateways.first());
            TestBucket.create(gateways.first(), first, "watched-" + Account.APPID)
                    .put("k", "x");
            first.shutdown();
            String metrics = Monitor.of(gateways.first()).get("/metrics");
            assertThat(metrics).startsWith("200 ");
            Set<String> there = Monitor.lines(metrics).stream()
                    .filter(line -> line.startsWith("# TYPE coffer_rados_"))
                    .map(line -> line.split(" ", -1)[2])
                    .collect(Collectors.toCollection(TreeSet::new));
            Set<String> named = names(ROOT.resolve("docs/monitoring.md"));
            named.removeIf(name -> !name.startsWith("coffer_rados_"));
            assertThat(there).isEqualTo(named);
            assertThat(Monitor.sum(metrics, "coffer_rados_commits_total")).isPositive();
            assertThat(Monitor.sum(metrics, "coffer_rados_leaf_seconds_total")).isPositive();
            assertThat(Monitor.sum(metrics, "coffer_rados_known_ranges")).isPositive();
        }
    }

    /** What dashboards and alerts ask for is there. */
    @Test
    void whatAlertsAndDashboardAskForIsThere() throws IOException {
        work();
        String metrics = metrics();
        for (String file : new String[] {"alerts.yaml", "dashboard.json"}) {
            Path path = ROOT.resolve("monitoring").resolve(file);
            Set<String> asked = Pattern.compile("\\b(?:coffer|jvm|process)_[a-z_]+")
                    .matcher(Files.readString(path))
                    .results()
                    .map(MatchResult::group)
                    .collect(Collectors.toCollection(TreeSet::new));
            assertThat(asked).hasSizeGreaterThan(5);
            for (String name : asked) {
                assertThat(metrics).as("%s of %s", name, file).containsPattern("(?m)^" + name + "[ {]");
            }
        }
    }

    @Test
    void thePrometheusAuthorsCheckOfTheRulesPasses() throws IOException, InterruptedException {
        Process check;
        try {
            check = new ProcessBuilder(
                            "promtool",
                            "check",
                            "rules",
                            ROOT.resolve("monitoring/alerts.yaml").toString())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            System.err.println("SKIPPED: alert rules are not checked: there is no promtool");
            Assumptions.abort("there is no promtool");
            return;
        }
        String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(check.waitFor()).as(said).isZero();
    }

    private static Set<String> names(Path page) throws IOException {
        return Pattern.compile("(?m)^\\| `(coffer_[a-z_]+)`")
                .matcher(Files.readString(page))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
