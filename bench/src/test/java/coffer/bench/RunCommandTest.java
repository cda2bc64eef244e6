package coffer.bench;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.api.CosException;
import coffer.api.CosResponse;
import coffer.api.Gateway;
import coffer.api.HttpRequest;
import coffer.api.ResponseBody;
import coffer.bench.loop.Stage;
import coffer.http.HttpOptions;
import coffer.http.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The load driver against a server on a socket, over a store in memory. */
class RunCommandTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"query", "header"})
    void asksForEverythingAndFindsItRight(String signature) throws IOException {
        assertThat(run(
                        dispatcher(),
                        "--work=get,head,absent,put,list,delete,multipart,mixed,singles,versions,markers,purge,purge-versions,"
                                + "purge-markers",
                        "--size=1MiB",
                        "--signature=" + signature))
                .isZero();
        JsonNode results = JsonMapper.shared()
                .readTree(Files.readString(folder.resolve("run.json")))
                .get("results");
        assertThat(results.size()).isEqualTo(14);
        results.forEach(result -> {
            assertThat(result.get("operationsPerSecond").asDouble()).isPositive();
            assertThat(result.get("micros").get("p99").asLong()).isPositive();
            assertThat(result.get("errors").isEmpty()).isTrue();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"sse-cos", "sse-kms"})
    void asksForEncryption(String kind) throws IOException {
        Gateway encrypting = dispatcher();
        assertThat(run(encrypting, "--work=get,put,multipart", "--size=1MiB", "--encrypt=" + kind))
                .isZero();
    }

    @Test
    void countsLatencyFromWhenARequestWasDue() throws IOException {
        assertThat(run(dispatcher(), "--work=get", "--rate=100")).isZero();
        JsonNode result = JsonMapper.shared()
                .readTree(Files.readString(folder.resolve("run.json")))
                .get("results")
                .get(0);
        assertThat(result.get("operationsPerSecond").asDouble()).isBetween(50.0, 150.0);
    }

    @Test
    void noticesBytesThatAreWrong() throws IOException {
        CosResponse wrong = CosResponse.ok().withBody(new ResponseBody.Bytes(new byte[4096]));
        assertThat(run(new Altering(dispatcher(), "GET", wrong), "--work=get")).isEqualTo(1);
    }

    @Test
    void noticesAnAnswerThatIsAnError() throws IOException {
        assertThat(run(new Altering(dispatcher(), "HEAD", CosResponse.of(503)), "--work=head"))
                .isEqualTo(1);
    }

    private int run(Gateway gateway, String... options) throws IOException {
        try (HttpServer server =
                HttpServer.start(HttpOptions.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)), gateway)) {
            CommandLine command = new CommandLine(new RunCommand()).setCaseInsensitiveEnumValuesAllowed(true);
            String endpoint = "http://127.0.0.1:" + server.address().getPort();
            String[] common = {
                "--endpoint=" + endpoint,
                "--bucket=" + Stage.BUCKET,
                "--secret-id=" + Stage.KEY.secretId(),
                "--secret-key=" + Stage.KEY.secretKey(),
                "--no-limits",
                "--warm-up=0",
                "--duration=1",
                "--objects=4",
                "--connections=4",
                "--json=" + folder.resolve("run.json")
            };
            return command.execute(
                    Stream.of(common, options).flatMap(Arrays::stream).toArray(String[]::new));
        }
    }

    private static Gateway dispatcher() {
        return new Stage(Clock.systemUTC()).dispatcher();
    }

    /** Gives one answer to all requests of a method. */
    private record Altering(Gateway gateway, String method, CosResponse answer) implements Gateway {
        @Override
        public Prepared prepare(HttpRequest request) {
            Prepared prepared = gateway.prepare(request);
            return request.method().equals(method) ? new Fixed(answer) : prepared;
        }

        @Override
        public CosResponse refuse(CosException error) {
            return gateway.refuse(error);
        }
    }

    private record Fixed(CosResponse answer) implements Gateway.Prepared {
        @Override
        public boolean isBrief() {
            return true;
        }
    }
}
