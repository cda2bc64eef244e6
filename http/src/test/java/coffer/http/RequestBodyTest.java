package coffer.http;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.CosResponse;
import coffer.api.HttpRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Request bodies on their way to the gateway. */
@Timeout(60)
class RequestBodyTest {
    private static final String PUT = "PUT /x HTTP/1.1\r\nHost: a\r\n";

    @Test
    void arrivesInChunks() throws IOException {
        try (HttpServer server = Loopback.start(ScriptedGateway.echo());
                RawClient client = new RawClient(server)) {
            client.send(PUT + "Transfer-Encoding: Chunked\r\n\r\n4\r\nabcd\r\n0000A;x=\"y\"\r\n0123456789\r\n"
                    + "0\r\nTrailer: dropped\r\n\r\n");
            assertThat(client.answer().text()).isEqualTo("PUT /x abcd0123456789");
            assertThat(client.send(PUT + "\r\n").answer().text()).isEqualTo("PUT /x ");
        }
    }

    @Test
    void arrivesInChunksHoweverSmallThePieces() throws IOException {
        try (HttpServer server = Loopback.start(ScriptedGateway.echo());
                RawClient client = new RawClient(server)) {
            String request = PUT + "Transfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n1\r\ne\r\n0\r\n\r\n";
            for (int i = 0; i < request.length(); i++) {
                client.send(request.substring(i, i + 1));
            }
            assertThat(client.answer().text()).isEqualTo("PUT /x abcde");
        }
    }

    @Test
    void tellsItsLengthWhereThatIsKnown() throws IOException {
        ScriptedGateway gateway = new ScriptedGateway(
                request -> ScriptedGateway.text(request.body().declaredBytes() + ":" + ScriptedGateway.skip(request)));
        try (HttpServer server = Loopback.start(gateway);
                RawClient client = new RawClient(server)) {
            assertThat(client.send(PUT + "Content-Length: 3\r\n\r\nabc")
                            .answer()
                            .text())
                    .isEqualTo("3:3");
            assertThat(client.send(PUT + "Content-Length: 0\r\n\r\n").answer().text())
                    .isEqualTo("0:0");
            assertThat(client.send(PUT + "\r\n").answer().text()).isEqualTo("0:0");
            assertThat(client.send(PUT + "Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n")
                            .answer()
                            .text())
                    .isEqualTo("-1:1");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "g\r\n",
                "\r\n",
                "-1\r\na",
                "+1\r\na",
                " 1\r\na",
                "1 \r\na",
                "0x1\r\na",
                "1\na\r\n0\r\n\r\n",
                "1\rX\na\r\n0\r\n\r\n",
                "1;a\u0000\r\na\r\n0\r\n\r\n",
                "1\r\nab\r\n0\r\n\r\n",
                "1\r\na\n0\r\n\r\n",
                "1\r\na0\r\n\r\n",
                "fffffffffffffffff\r\n",
                "0\r\nA: \u0000\r\n\r\n",
                "0\r\nA\n\r\n",
            })
    void isIncompleteIfAChunkIsBroken(String body) throws IOException {
        try (HttpServer server = Loopback.start(ScriptedGateway.echo());
                RawClient client = new RawClient(server)) {
            RawClient.Answer answer = client.send(PUT + "Transfer-Encoding: chunked\r\n\r\n" + body)
                    .answer();
            assertThat(answer.text()).isEqualTo("IncompleteBody");
            assertThat(answer.header("Connection")).isEqualTo("close");
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @Test
    void isIncompleteAtOnceWhenTheClientGoesAway() throws Exception {
        CompletableFuture<CosError> seen = new CompletableFuture<>();
        try (HttpServer server = Loopback.start(failing(seen));
                RawClient client = new RawClient(server)) {
            client.send(PUT + "Content-Length: 10\r\n\r\nabc").reset();
            assertThat(seen.get(5, TimeUnit.SECONDS)).isEqualTo(CosError.INCOMPLETE_BODY);
        }
    }

    @Test
    void isIncompleteWhenTheClientShutsItsSideWhichThenHearsSo() throws Exception {
        try (HttpServer server = Loopback.start(ScriptedGateway.echo());
                RawClient client = new RawClient(server)) {
            client.send(PUT + "Content-Length: 10\r\n\r\nabc").endOutput();
            assertThat(client.answer().text()).isEqualTo("IncompleteBody");
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @Test
    void isGivenUpWhenNothingComes() throws Exception {
        HttpOptions options =
                Loopback.options().withSlowBody(new HttpOptions.SlowBody(Duration.ofMillis(200), Duration.ZERO, 0));
        try (HttpServer server = HttpServer.start(options, ScriptedGateway.echo());
                RawClient client = new RawClient(server)) {
            RawClient.Answer answer =
                    client.send(PUT + "Content-Length: 10\r\n\r\nabc").answer();
            assertThat(answer.text()).isEqualTo("RequestTimeout");
            assertThat(answer.header("Connection")).isEqualTo("close");
        }
    }

    @Test
    void isGivenUpWhenItTrickles() throws Exception {
        HttpOptions options = Loopback.options()
                .withSlowBody(new HttpOptions.SlowBody(Duration.ofSeconds(30), Duration.ofMillis(300), 1024 * 1024));
        try (HttpServer server = HttpServer.start(options, ScriptedGateway.echo());
                RawClient client = new RawClient(server)) {
            client.send(PUT + "Content-Length: 1000\r\n\r\n");
            CountDownLatch never = new CountDownLatch(1);
            Thread trickle = Thread.ofVirtual().start(() -> {
                try {
                    while (!never.await(20, TimeUnit.MILLISECONDS)) {
                        client.send("x");
                    }
                } catch (IOException | InterruptedException e) {
                    // The server has had enough, or the test is over.
                }
            });
            assertThat(client.answer().text()).isEqualTo("RequestTimeout");
            never.countDown();
            trickle.join();
        }
    }

    @Test
    void staysWithTheClientWhileNobodyReadsIt() throws Exception {
        long total = 64L * 1024 * 1024;
        CountDownLatch mayRead = new CountDownLatch(1);
        ScriptedGateway gateway = new ScriptedGateway(request -> {
            await(mayRead);
            return ScriptedGateway.text(Long.toString(ScriptedGateway.skip(request)));
        });
        try (HttpServer server = Loopback.start(gateway);
                RawClient client = new RawClient(server)) {
            client.send(PUT + "Content-Length: " + total + "\r\n\r\n");
            AtomicLong sent = new AtomicLong();
            Thread sender = Thread.ofPlatform().start(() -> {
                byte[] block = new byte[64 * 1024];
                try {
                    while (sent.get() < total) {
                        client.send(block);
                        sent.addAndGet(block.length);
                    }
                } catch (IOException e) {
                    // The count below tells.
                }
            });
            long before;
            do {
                before = sent.get();
                sender.join(300);
            } while (sent.get() > before);
            // What the kernel holds on both sides, and half a mebibyte of ours.
            assertThat(sent.get()).isLessThan(24L * 1024 * 1024);
            mayRead.countDown();
            assertThat(client.answer().text()).isEqualTo(Long.toString(total));
            sender.join();
        }
    }

    /** Its first octets came while the request before was being answered, and reading was off. */
    @Test
    void isReadOnWhenItBeganDuringTheRequestBefore() throws Exception {
        CountDownLatch mayAnswer = new CountDownLatch(1);
        ScriptedGateway gateway = new ScriptedGateway(request -> {
            await(mayAnswer);
            return ScriptedGateway.text(Long.toString(ScriptedGateway.skip(request)));
        });
        HttpOptions options = Loopback.options()
                .withSlowBody(new HttpOptions.SlowBody(Duration.ofSeconds(2), Duration.ofSeconds(2), 0));
        try (HttpServer server = HttpServer.start(options, gateway);
                RawClient client = new RawClient(server)) {
            client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            while (gateway.requests().isEmpty()) {
                Thread.onSpinWait();
            }
            client.send(PUT + "Content-Length: 200000\r\n\r\nabc");
            Thread.sleep(100);
            mayAnswer.countDown();
            assertThat(client.answer().text()).isEqualTo("0");
            client.send(new byte[200_000 - 3]);
            assertThat(client.answer().text()).isEqualTo("200000");
        }
    }

    private static ScriptedGateway failing(CompletableFuture<CosError> seen) {
        return new ScriptedGateway(request -> {
            try {
                return readOn(request);
            } catch (CosException e) {
                seen.complete(e.error());
                throw e;
            }
        });
    }

    private static CosResponse readOn(HttpRequest request) {
        while (request.body().read(ByteBuffer.allocate(16)) >= 0) {
            // There is more.
        }
        return CosResponse.ok();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
