package coffer.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What happens beyond the limits. */
@Timeout(30)
class LimitsTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    @Test
    void longKeysAndTokensFitIntoTheRequestLine() throws IOException {
        try (HttpServer server = Loopback.start(ScriptedGateway.echo());
                RawClient client = new RawClient(server)) {
            String target = "/" + "%E6%97%85".repeat(283) + "?token=" + "x".repeat(12_000);
            String head = " HTTP/1.1\r\nHost: a\r\nx-cos-meta-a: " + "y".repeat(60_000) + "\r\n\r\n";
            assertThat(client.send("GET " + target + head).answer().text()).isEqualTo("GET " + target + " ");
        }
    }

    @Test
    void overlongLinesAreRefusedEvenIfTheyNeverEnd() throws IOException {
        try (HttpServer server = Loopback.start(ScriptedGateway.echo());
                RawClient line = new RawClient(server);
                RawClient header = new RawClient(server)) {
            assertThat(line.send("GET /" + "x".repeat(17_000)).answer().text()).isEqualTo("InvalidURI");
            assertThat(header.send("GET / HTTP/1.1\r\nA: " + "x".repeat(66_000))
                            .answer()
                            .text())
                    .isEqualTo("BadRequest");
        }
    }

    @Test
    void oneRequestTooManyIsToldToSlowDownAndMayTryAgain() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        ScriptedGateway gateway = ScriptedGateway.held(begun, mayEnd);
        HttpOptions options = Loopback.options().withLimits(HttpOptions.Limits.DEFAULT.withRequestsInFlight(1));
        try (HttpServer server = HttpServer.start(options, gateway);
                RawClient first = new RawClient(server);
                RawClient second = new RawClient(server)) {
            first.send(GET);
            begun.await();
            for (int i = 0; i < 3; i++) {
                RawClient.Answer answer = second.send(GET).answer();
                assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 503 Service Unavailable");
                assertThat(answer.text()).isEqualTo("SlowDown");
                assertThat(answer.header("Connection")).isEqualTo("keep-alive");
            }
            mayEnd.countDown();
            assertThat(first.answer().text()).isEqualTo("done");
            // The place is free once the server knows that the answer is out, shortly after we do.
            RawClient.Answer answer = second.send(GET).answer();
            while (answer.status() == 503) {
                answer = second.send(GET).answer();
            }
            assertThat(answer.text()).isEqualTo("done");
        }
    }

    @Test
    void oneConnectionTooManyIsToldToSlowDownAndMoreAreClosed() throws IOException {
        // One event loop counts connections in the order in which they are made.
        HttpOptions options =
                Loopback.options().withEventLoops(1).withLimits(HttpOptions.Limits.DEFAULT.withConnections(1));
        try (HttpServer server = HttpServer.start(options, ScriptedGateway.echo());
                RawClient served = new RawClient(server)) {
            assertThat(served.send(GET).answer().status()).isEqualTo(200);
            RawClient[] others = new RawClient[20];
            for (int i = 0; i < others.length; i++) {
                others[i] = new RawClient(server);
            }
            assertThat(others[19].isAtEnd()).isTrue();
            RawClient.Answer answer = others[0].send(GET).answer();
            assertThat(answer.text()).isEqualTo("SlowDown");
            assertThat(answer.header("Connection")).isEqualTo("close");
            for (RawClient other : others) {
                other.close();
            }
            assertThat(served.send(GET).answer().status()).isEqualTo(200);
        }
    }
}
