package coffer.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A connection without a network, where time is moved by hand and each request is answered at once. */
@Timeout(30)
class ConnectionTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    private final ScriptedGateway gateway = ScriptedGateway.echo();
    private final Front front = new Front(
            Loopback.options(),
            gateway,
            new Load(HttpOptions.Limits.DEFAULT),
            new DateHeader(InstantSource.fixed(Instant.EPOCH)),
            new Front.Closing(),
            (_, _, request) -> request.run(),
            new Tls(Optional.empty(), TlsProvider.JDK));
    private final EmbeddedChannel channel = new EmbeddedChannel(new ChannelInitializer<>() {
        @Override
        protected void initChannel(Channel created) {
            created.pipeline().addLast(new Connection(front, new Wire(front, created, Wire.Kind.HTTP_AND_TLS), false));
        }
    });

    ConnectionTest() {
        channel.freezeTime();
    }

    @AfterEach
    void nothingIsLeftBehind() {
        channel.finishAndReleaseAll();
        assertThat(front.load().requestsInFlight()).isZero();
    }

    @Test
    void isClosedWhenIdleForTooLong() {
        receive(GET);
        assertThat(sent()).startsWith("HTTP/1.1 200 OK\r\n").endsWith("GET / ");
        pass(74);
        receive(GET);
        assertThat(sent()).endsWith("GET / ");
        pass(74);
        assertThat(channel.isOpen()).isTrue();
        pass(2);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void isClosedWhenAHeadTakesTooLongHoweverBusyItLooks() {
        pass(70);
        receive("GET / HTTP/1.1\r\n");
        for (int i = 0; i < 29; i++) {
            pass(1);
            receive("A: b\r\n");
        }
        assertThat(channel.isOpen()).isTrue();
        pass(2);
        assertThat(channel.isOpen()).isFalse();
        assertThat(gateway.requests()).isEmpty();
    }

    @Test
    void givesEachHeadItsOwnTime() {
        receive("GET / HTTP/1.1\r\n");
        pass(29);
        receive("Host: a\r\n\r\n");
        assertThat(sent()).endsWith("GET / ");
        pass(60);
        receive("GET / HTTP/1.1\r\n");
        pass(29);
        receive("Host: a\r\n\r\n");
        assertThat(sent()).endsWith("GET / ");
    }

    @Test
    void endsWhenTheClientEndsItBetweenRequests() {
        receive(GET);
        assertThat(sent()).endsWith("GET / ");
        channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void answersAllThatCameTogether() {
        receive(GET + GET + "GET /last HTTP/1.1\r\nHost: a\r\n");
        assertThat(sent()).contains("HTTP/1.1 200 OK").endsWith("GET / ");
        receive("\r\n");
        assertThat(sent()).endsWith("GET /last ");
        assertThat(gateway.requests()).hasSize(3);
    }

    @Test
    void answersNothingBehindARefusal() {
        receive("GET / HTTP/1.1\r\n\r\n" + GET);
        assertThat(sent()).startsWith("HTTP/1.1 400 Bad Request\r\n").endsWith("BadRequest");
        assertThat(channel.isOpen()).isFalse();
        assertThat(gateway.requests()).isEmpty();
    }

    @Test
    void answersHeadRequestsItRefusesWithoutABody() {
        receive("HEAD / HTTP/1.1\r\n\r\n");
        assertThat(sent())
                .startsWith("HTTP/1.1 400 Bad Request\r\n")
                .contains("Content-Length: 10\r\n")
                .endsWith("\r\n\r\n");
    }

    @Test
    void isClosedOnceTheServerClosesAndNothingIsAsked() {
        front.closing().begin();
        receive(GET);
        assertThat(sent()).contains("Connection: close\r\n");
        assertThat(channel.isOpen()).isFalse();
    }

    private void receive(String text) {
        channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1));
        channel.runPendingTasks();
    }

    private void pass(int seconds) {
        channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        channel.runPendingTasks();
    }

    private String sent() {
        StringBuilder text = new StringBuilder();
        for (ByteBuf buffer = channel.readOutbound(); buffer != null; buffer = channel.readOutbound()) {
            text.append(buffer.toString(StandardCharsets.UTF_8));
            buffer.release();
        }
        return text.toString();
    }
}
