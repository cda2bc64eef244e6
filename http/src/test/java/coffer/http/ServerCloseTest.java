package coffer.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The end of a server. */
@Timeout(30)
class ServerCloseTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch mayEnd = new CountDownLatch(1);
    private final ScriptedGateway gateway = ScriptedGateway.held(begun, mayEnd);

    @Test
    void finishesWhatIsInFlight() throws Exception {
        HttpServer server = HttpServer.start(draining(Duration.ofSeconds(20)), gateway);
        try (RawClient idle = new RawClient(server);
                RawClient busy = new RawClient(server)) {
            busy.send(GET);
            begun.await();
            Thread closing = Thread.ofPlatform().start(server::close);
            assertThat(idle.isAtEnd()).isTrue();
            assertThatThrownBy(() -> new RawClient(server)).isInstanceOf(ConnectException.class);
            assertThat(closing.isAlive()).isTrue();
            mayEnd.countDown();
            RawClient.Answer answer = busy.answer();
            assertThat(answer.text()).isEqualTo("done");
            assertThat(answer.header("Connection")).isEqualTo("close");
            assertThat(busy.isAtEnd()).isTrue();
            closing.join(5_000);
            assertThat(closing.isAlive()).isFalse();
        }
    }

    @Test
    void cutsWhatTakesTooLong() throws Exception {
        HttpServer server = HttpServer.start(draining(Duration.ofMillis(100)), gateway);
        try (RawClient busy = new RawClient(server)) {
            busy.send(GET);
            begun.await();
            Thread closing = Thread.ofPlatform().start(server::close);
            assertThatThrownBy(busy::answer).isInstanceOf(EOFException.class);
            mayEnd.countDown();
            closing.join(5_000);
            assertThat(closing.isAlive()).isFalse();
        }
    }

    @Test
    void saysWhyItCannotListen() throws IOException {
        try (HttpServer server = Loopback.start(gateway)) {
            HttpOptions taken = HttpOptions.at(server.address());
            assertThatThrownBy(() -> HttpServer.start(taken, gateway))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(Integer.toString(server.address().getPort()));
        }
    }

    private static HttpOptions draining(Duration time) {
        return Loopback.options().withTimeouts(HttpOptions.Timeouts.DEFAULT.withDrain(time));
    }
}
