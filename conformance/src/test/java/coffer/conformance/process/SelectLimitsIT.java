package coffer.conformance.process;

import static coffer.conformance.Refusals.assertAnswered;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.CofferProcess;
import coffer.conformance.JavaSdk;
import coffer.conformance.RawConnection;
import coffer.conformance.RawRequest;
import coffer.conformance.RawResponse;
import coffer.conformance.Scratch;
import coffer.conformance.SelectFrames;
import coffer.conformance.TestBucket;
import com.qcloud.cos.COSClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What queries cost others, and what is left of them. */
class SelectLimitsIT {
    private static final int RUNNING = 4;

    private static final String LINE = "0123456789,abcdefghijklmnopqrstuvwxyz\n";

    private static final int LINES = 450_000;

    private static final long MIB = 1024 * 1024;
    private static final String ALL = SelectFrames.document("SELECT * FROM COSObject", "<CSV/>", "<CSV/>");
    private static final String COUNT = SelectFrames.document("SELECT COUNT(*) FROM COSObject", "<CSV/>", "<CSV/>");

    /** Far more than the kernel keeps for a client that does not read. */
    private static final String WIDE =
            SelectFrames.document("SELECT " + "_2, ".repeat(31) + "_2 FROM COSObject", "<CSV/>", "<CSV/>");

    private CofferProcess server;
    private COSClient cos;
    private TestBucket bucket;

    @BeforeEach
    void start() {
        server = CofferProcess.start(Scratch.directory("select-").resolve("data"));
        cos = JavaSdk.client(server);
        bucket = TestBucket.create(server, cos, "select-1250000000");
        bucket.put("large", LINE.repeat(LINES).getBytes(UTF_8));
    }

    @AfterEach
    void stop() {
        cos.shutdown();
        server.close();
    }

    private RawRequest request(String document) {
        return bucket.request("POST", "/large?select&select-type=2")
                .body(document)
                .signed();
    }

    private RawResponse count() {
        return RawConnection.exchange(server, request(COUNT));
    }

    /** Begins queries that nobody reads the result of. */
    private List<RawConnection> begin(int queries) {
        List<RawConnection> connections = new ArrayList<>();
        for (int i = 0; i < queries; i++) {
            RawConnection connection = bucket.connect();
            RawRequest request = request(WIDE);
            connection.send(request.head());
            connection.send(request.body());
            connections.add(connection);
        }
        return connections;
    }

    /** The others go on meanwhile. A client that goes away makes room, soon. */
    @Test
    void onlySomeRunAtOnce() throws InterruptedException {
        List<RawConnection> connections = begin(RUNNING);
        // It waits for the beginning of each answer.
        connections.forEach(connection -> assertThat(connection.isEnded()).isFalse());
        RawResponse answer = count();
        assertAnswered(400, "Busy", answer);
        assertThat(bucket.text("large")).startsWith("0123456789,");
        connections.forEach(RawConnection::close);
        for (int i = 0; i < 100 && answer.status() != 200; i++) {
            Thread.sleep(100);
            answer = count();
        }
        assertThat(SelectFrames.of(answer.body()).records()).isEqualTo(LINES + "\n");
    }

    private Set<String> files() {
        try (Stream<Path> all = Files.walk(server.dataDirectory())) {
            return all.filter(Files::isRegularFile)
                    .map(file -> server.dataDirectory().relativize(file).toString())
                    .filter(file -> !file.startsWith("index") && !file.startsWith("log"))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Objects are queried where they are: there is nothing to be left over. */
    @Test
    void aKillLeavesNothingBehind() {
        Set<String> before = files();
        List<RawConnection> connections = begin(2);
        assertThat(count().status()).isEqualTo(200);
        assertThat(files()).isEqualTo(before);
        server.kill();
        connections.forEach(RawConnection::close);
        server.startAgain();
        assertThat(files()).isEqualTo(before);
        assertThat(SelectFrames.of(count().body()).records()).isEqualTo(LINES + "\n");
        server.askToStop();
        assertThat(server.exitCode()).isZero();
        assertThat(CofferProcess.verify(server.dataDirectory()).exitCode()).isZero();
    }

    /** An object that is overwritten while it is queried is queried to its end. */
    @Test
    void theObjectStaysWhileItIsQueried() {
        try (RawConnection connection = bucket.connect()) {
            RawRequest request = request(ALL);
            connection.send(request.head());
            connection.send(request.body());
            assertThat(count().status()).isEqualTo(200);
            bucket.put("large", "other");
            SelectFrames frames = SelectFrames.of(connection.read(request).body());
            assertThat(frames.records().length()).isEqualTo(LINE.length() * LINES);
            assertThat(frames.types()).endsWith("Stats", "End");
        }
    }

    @Test
    void takesLittleMemory() {
        long before = server.residentBytes();
        for (int i = 0; i < 5; i++) {
            assertThat(count().status()).isEqualTo(200);
        }
        assertThat(server.residentBytes() - before).isLessThan(150 * MIB);
    }

    /** A server without the module has all but SELECT. */
    @Test
    void theEngineMayBeLeftOut() throws IOException {
        Path home = Scratch.directory("without-select-");
        Path lib = Files.createDirectories(home.resolve("server/target/coffer/lib"));
        Path launcher = Files.copy(CofferProcess.launcher(), home.resolve("coffer"));
        try (Stream<Path> jars = Files.list(CofferProcess.launcher().resolveSibling("server/target/coffer/lib"))) {
            for (Path jar : jars.toList()) {
                String name = jar.getFileName().toString();
                boolean isOfEngine = Stream.of("coffer-select", "hardwood", "snappy", "commons-compress")
                        .anyMatch(name::startsWith);
                if (!isOfEngine) {
                    Files.createSymbolicLink(lib.resolve(name), jar.toAbsolutePath());
                }
            }
        }
        assertThat(launcher.toFile().setExecutable(true)).isTrue();
        try (CofferProcess without = CofferProcess.startOf(launcher, home.resolve("data"))) {
            COSClient client = JavaSdk.client(without);
            TestBucket other = TestBucket.create(without, client, "without-1250000000");
            other.put("k", "a,b\n");
            assertThat(other.text("k")).isEqualTo("a,b\n");
            RawResponse answer = other.exchange(
                    other.request("POST", "/k?select&select-type=2").body(ALL));
            assertAnswered(501, "NotImplemented", answer);
            assertThat(answer.element("Message")).contains("coffer-select");
            client.shutdown();
        }
    }
}
