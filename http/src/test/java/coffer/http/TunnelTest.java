package coffer.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** CONNECT: a way to this server by TLS, and to nowhere else. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TunnelTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String TARGET = TlsFixture.NAME + ":443";

    private final ScriptedGateway gateway = ScriptedGateway.echo();
    private HttpServer server;

    @BeforeAll
    void start() throws IOException {
        server = TlsFixture.start(gateway, TlsProvider.best());
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CONNECT " + TARGET + " HTTP/1.1\r\nHost: " + TARGET + "\r\n\r\n",
                "CONNECT " + TARGET + " HTTP/1.0\r\n\r\n",
                "CONNECT A.MyQCloud.com:443 HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nProxy-Connection: Keep-Alive\r\n\r\n",
                "CONNECT [::1]:443 HTTP/1.1\r\nHost: [::1]:443\r\nProxy-Authorization: Basic eDp5\r\n\r\n",
            })
    void leadsBackHere(String connect) throws IOException {
        try (RawClient client = new RawClient(server)) {
            client.send(connect);
            assertThat(established(client)).isEqualTo("HTTP/1.1 200 Connection established");
            RawClient inside = secured(client);
            for (int i = 0; i < 3; i++) {
                assertThat(inside.send(GET).answer().text()).isEqualTo("GET / ");
                assertThat(gateway.requests().getLast().secure()).isTrue();
            }
        }
    }

    @Test
    void isNotAnsweredWhereNobodyTakesTheServerForAProxy() throws IOException {
        TlsOptions options = new TlsOptions(_ -> TlsFixture.FIRST, Optional.empty(), Optional.empty());
        try (HttpServer other = TlsFixture.start(Loopback.options().withTls(options), gateway, TlsProvider.best());
                RawClient client = new RawClient(other)) {
            client.send(connect(TARGET));
            assertThat(client.answer().status()).isEqualTo(405);
        }
    }

    @Test
    void leadsToTheServersOwnPorts() throws IOException {
        for (int port : new int[] {
            server.address().getPort(), server.tlsAddress().orElseThrow().getPort()
        }) {
            try (RawClient client = new RawClient(server)) {
                client.send(connect(TlsFixture.NAME + ":" + port));
                assertThat(established(client)).contains(" 200 ");
            }
        }
    }

    @Test
    void mayComeAfterOtherRequestsAndInPieces() throws IOException {
        try (RawClient client = new RawClient(server)) {
            assertThat(client.send(GET).answer().status()).isEqualTo(200);
            for (byte octet : connect(TARGET).getBytes(StandardCharsets.US_ASCII)) {
                client.send(new byte[] {octet});
            }
            assertThat(established(client)).contains(" 200 ");
            assertThat(secured(client).send(GET).answer().text()).isEqualTo("GET / ");
        }
    }

    /** What a client sends without waiting for the answer. */
    @Test
    void takesAHandshakeThatCameAlong() throws IOException {
        byte[] hello = hello();
        byte[] both = new byte[connect(TARGET).length() + hello.length];
        System.arraycopy(connect(TARGET).getBytes(StandardCharsets.US_ASCII), 0, both, 0, both.length - hello.length);
        System.arraycopy(hello, 0, both, both.length - hello.length, hello.length);
        try (RawClient client = new RawClient(server)) {
            client.send(both);
            assertThat(established(client)).contains(" 200 ");
            assertThat(client.bytes(1)[0]).as("a handshake record").isEqualTo((byte) 0x16);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "example.org:443",
                "169.254.169.254:443",
                "127.0.0.2:443",
                TlsFixture.NAME + ":80",
                TlsFixture.NAME + ":22",
                "evil.example.org:9000",
                "myqcloud.com.example.org:443",
            })
    void leadsNowhereElse(String target) throws IOException {
        int before = gateway.requests().size();
        try (RawClient client = new RawClient(server)) {
            RawClient.Answer answer = client.send(connect(target) + GET).answer();
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.text()).isEqualTo("AccessDenied");
            assertThat(answer.header("Connection")).isEqualTo("close");
            assertThat(client.isAtEnd()).isTrue();
        }
        assertThat(gateway.requests()).hasSize(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CONNECT " + TlsFixture.NAME + " HTTP/1.1\r\nHost: a\r\n\r\n",
                "CONNECT " + TlsFixture.NAME + ":0 HTTP/1.1\r\nHost: a\r\n\r\n",
                "CONNECT " + TlsFixture.NAME + ":65536 HTTP/1.1\r\nHost: a\r\n\r\n",
                "CONNECT " + TlsFixture.NAME + ":443443 HTTP/1.1\r\nHost: a\r\n\r\n",
                "CONNECT " + TlsFixture.NAME + ":+443 HTTP/1.1\r\nHost: a\r\n\r\n",
                "CONNECT user@" + TARGET + " HTTP/1.1\r\nHost: a\r\n\r\n",
                "CONNECT https://" + TARGET + "/ HTTP/1.1\r\nHost: a\r\n\r\n",
                "CONNECT /" + TARGET + " HTTP/1.1\r\nHost: a\r\n\r\n",
                "CONNECT " + TARGET + "\u0000.example.org HTTP/1.1\r\nHost: a\r\n\r\n",
                "CONNECT [" + TARGET + "] HTTP/1.1\r\nHost: a\r\n\r\n",
                "CONNECT * HTTP/1.1\r\nHost: a\r\n\r\n",
                "CONNECT " + TARGET + " HTTP/1.1\r\n\r\n",
                "CONNECT " + TARGET + " HTTP/2.0\r\nHost: a\r\n\r\n",
                "CONNECT " + TARGET + " HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nabcd",
                "CONNECT " + TARGET + " HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "CONNECT " + TARGET + " HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nContent-Length: 0\r\n\r\n",
            })
    void whatIsNoConnectIsRefusedAndNothingBehindItIsRead(String request) throws IOException {
        int before = gateway.requests().size();
        try (RawClient client = new RawClient(server)) {
            RawClient.Answer answer = client.send(request + GET).answer();
            assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 400 Bad Request");
            assertThat(client.isAtEnd()).isTrue();
        }
        assertThat(gateway.requests()).hasSize(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {GET, "CONNECT " + TARGET + " HTTP/1.1\r\nHost: a\r\n\r\n", "\u0000", "\r\n\r\n"})
    void nothingButTlsIsUnderstoodInside(String plain) throws IOException {
        int before = gateway.requests().size();
        for (boolean atOnce : new boolean[] {true, false}) {
            try (RawClient client = new RawClient(server)) {
                client.send(connect(TARGET) + (atOnce ? plain : ""));
                assertThat(established(client)).contains(" 200 ");
                assertThat(afterwards(client, plain)).doesNotContain("HTTP/");
            }
        }
        assertThat(gateway.requests()).hasSize(before);
    }

    @Test
    void isNotAnsweredOverTlsItself() throws IOException {
        try (RawClient client = TlsFixture.connect(server)) {
            assertThat(client.send(connect(TARGET)).answer().status()).isEqualTo(405);
        }
    }

    @Test
    void isNotThereWithoutTls() throws IOException {
        try (HttpServer plain = Loopback.start(gateway);
                RawClient client = new RawClient(plain)) {
            RawClient.Answer answer = client.send(connect(TARGET)).answer();
            assertThat(answer.status()).isEqualTo(501);
            assertThat(answer.text()).isEqualTo("NotImplemented");
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @Test
    void hasAsLongForItsHandshakeAsAHead() throws IOException {
        HttpOptions options = Loopback.options()
                .withTls(TlsFixture.options())
                .withTimeouts(HttpOptions.Timeouts.DEFAULT.withHead(Duration.ofMillis(300)));
        try (HttpServer quick = TlsFixture.start(options, gateway, TlsProvider.best());
                RawClient client = new RawClient(quick)) {
            client.send(connect(TARGET));
            assertThat(established(client)).contains(" 200 ");
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @Test
    void isToldToSlowDownWhereThereAreTooManyConnections() throws Exception {
        HttpOptions options = Loopback.options()
                .withTls(TlsFixture.options())
                .withLimits(HttpOptions.Limits.DEFAULT.withConnections(1));
        try (HttpServer small = TlsFixture.start(options, gateway, TlsProvider.best());
                RawClient first = new RawClient(small)) {
            assertThat(first.send(GET).answer().status()).isEqualTo(200);
            try (RawClient second = new RawClient(small)) {
                assertThat(second.send(connect(TARGET)).answer().status()).isEqualTo(503);
                assertThat(second.isAtEnd()).isTrue();
            }
        }
    }

    @Test
    void isFinishedWhenTheServerCloses() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        ScriptedGateway waiting = ScriptedGateway.held(begun, mayEnd);
        HttpOptions options = Loopback.options()
                .withTls(TlsFixture.options())
                .withTimeouts(HttpOptions.Timeouts.DEFAULT.withDrain(Duration.ofSeconds(20)));
        HttpServer closing = TlsFixture.start(options, waiting, TlsProvider.best());
        try (RawClient client = new RawClient(closing);
                RawClient idle = TlsFixture.connect(closing)) {
            client.send(connect(TARGET));
            assertThat(established(client)).contains(" 200 ");
            RawClient inside = secured(client).send(GET);
            begun.await();
            Thread end = Thread.ofPlatform().start(closing::close);
            assertThat(idle.isAtEnd()).isTrue();
            mayEnd.countDown();
            assertThat(inside.answer().header("Connection")).isEqualTo("close");
            assertThat(inside.isAtEnd()).isTrue();
            end.join(10_000);
            assertThat(end.isAlive()).isFalse();
        }
    }

    /** What comes when something more is sent, until the end or a reset. */
    private static String afterwards(RawClient client, String more) {
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        try {
            client.send(more);
            client.endOutput();
            client.socket().getInputStream().transferTo(rest);
        } catch (SocketException e) {
            // it has closed before all was sent
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rest.toString(StandardCharsets.ISO_8859_1);
    }

    private static String connect(String target) {
        return "CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n\r\n";
    }

    /** The status line of an answer without headers. */
    private static String established(RawClient client) throws IOException {
        String line = client.line();
        assertThat(client.line()).isEmpty();
        return line;
    }

    private static RawClient secured(RawClient client) throws IOException {
        SSLSocket socket = TlsFixture.over(client, TlsFixture.NAME);
        socket.startHandshake();
        return new RawClient(socket);
    }

    private static byte[] hello() throws IOException {
        try (java.net.ServerSocket nobody = new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress());
                RawClient client = new RawClient((java.net.InetSocketAddress) nobody.getLocalSocketAddress(), 0);
                java.net.Socket accepted = nobody.accept()) {
            SSLSocket socket = TlsFixture.over(client, TlsFixture.NAME);
            Thread handshake = Thread.ofPlatform().start(() -> {
                try {
                    socket.startHandshake();
                } catch (IOException e) {
                    // nobody answers
                }
            });
            byte[] header = accepted.getInputStream().readNBytes(5);
            byte[] body = accepted.getInputStream().readNBytes(((header[3] & 0xff) << 8) | (header[4] & 0xff));
            accepted.shutdownOutput();
            handshake.join();
            byte[] record = new byte[5 + body.length];
            System.arraycopy(header, 0, record, 0, 5);
            System.arraycopy(body, 0, record, 5, body.length);
            return record;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
