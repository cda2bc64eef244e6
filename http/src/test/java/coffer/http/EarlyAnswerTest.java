package coffer.http;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.api.CosError;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers to requests whose body nobody wants. */
@Timeout(60)
class EarlyAnswerTest {
    private final ScriptedGateway refusing = new ScriptedGateway(request -> {
        throw CosError.ACCESS_DENIED.exception();
    });

    @Test
    void reachesAClientThatFirstSendsAllOfALargeBody() throws IOException {
        try (HttpServer server = Loopback.start(refusing)) {
            for (int i = 0; i < 5; i++) {
                try (RawClient client = new RawClient(server)) {
                    client.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 10485760\r\n\r\n");
                    client.send(new byte[10 * 1024 * 1024]);
                    RawClient.Answer answer = client.answer();
                    assertThat(answer.text()).isEqualTo("AccessDenied");
                    assertThat(answer.header("Connection")).isEqualTo("close");
                    assertThat(client.isAtEnd()).isTrue();
                }
            }
        }
    }

    @Test
    void reachesAClientInTheMiddleOfItsChunks() throws IOException {
        try (HttpServer server = Loopback.start(refusing);
                RawClient client = new RawClient(server)) {
            client.send("PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n");
            RawClient.Answer answer = client.answer();
            assertThat(answer.text()).isEqualTo("AccessDenied");
            assertThat(answer.header("Connection")).isEqualTo("close");
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @Test
    void keepsTheConnectionIfLittleIsLeftToThrowAway() throws IOException {
        try (HttpServer server = Loopback.start(refusing);
                RawClient client = new RawClient(server)) {
            client.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\nabc");
            assertThat(client.answer().header("Connection")).isEqualTo("keep-alive");
            client.send(new byte[100_000 - 3]).send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(client.answer().text()).isEqualTo("AccessDenied");
        }
    }

    @Test
    void isFollowedByTheEndIfTheClientNeitherSendsNorCloses() throws IOException {
        HttpOptions options = Loopback.options()
                .withTimeouts(HttpOptions.Timeouts.DEFAULT.withLinger(Duration.ofMillis(100), Duration.ofSeconds(1)));
        try (HttpServer server = HttpServer.start(options, refusing);
                RawClient client = new RawClient(server)) {
            client.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 10485760\r\n\r\n");
            assertThat(client.answer().text()).isEqualTo("AccessDenied");
            assertThat(client.isAtEnd()).isTrue();
            boolean cut = false;
            for (int i = 0; i < 200 && !cut; i++) {
                cut = cannotSend(client);
            }
            assertThat(cut).isTrue();
        }
    }

    private static boolean cannotSend(RawClient client) throws IOException {
        java.util.concurrent.locks.LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        try {
            client.send(new byte[0]);
            client.send("x");
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
