package coffer.egress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import coffer.address.IpRange;
import coffer.api.Headers;
import coffer.outbound.AddressRules;
import coffer.outbound.OutboundAnswer;
import coffer.outbound.OutboundException;
import coffer.outbound.OutboundRequest;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a real server on this machine, which is what must not be reached unless it is allowed. */
class HttpOutboundTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final AtomicInteger reached = new AtomicInteger();
    private HttpServer target;

    @BeforeEach
    void start() throws IOException {
        target = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        target.createContext("/", this::answer);
        target.start();
    }

    @AfterEach
    void stop() {
        target.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        reached.incrementAndGet();
        String path = exchange.getRequestURI().getPath();
        if (path.startsWith("/to/")) {
            exchange.getResponseHeaders().add("Location", "http://" + path.substring(4) + ":" + port() + "/");
            exchange.sendResponseHeaders(302, -1);
            return;
        }
        if (path.equals("/again")) {
            exchange.getResponseHeaders().add("Location", "/again");
            exchange.sendResponseHeaders(302, -1);
            return;
        }
        byte[] body = exchange.getRequestBody().readAllBytes();
        byte[] answer = (exchange.getRequestMethod() + " " + new String(body, UTF_8)).getBytes(UTF_8);
        exchange.getResponseHeaders().add("X-Host", exchange.getRequestHeaders().getFirst("Host"));
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private int port() {
        return target.getAddress().getPort();
    }

    private static HttpOutbound allowing(String... ranges) {
        List<IpRange> allowed = List.of(ranges).stream()
                .map(range -> IpRange.parse(range).orElseThrow())
                .toList();
        return HttpOutbound.open(new AddressRules(allowed, List.of()), Optional.empty(), "Coffer/test");
    }

    private OutboundRequest get(String host, String path) {
        return OutboundRequest.of("GET", URI.create("http://" + host + ":" + port() + path), Headers.NONE, PATIENCE);
    }

    @Test
    void sendsBodiesAndHeadersWhereItMay() {
        try (HttpOutbound outbound = allowing("127.0.0.1")) {
            OutboundRequest request = new OutboundRequest(
                    "POST",
                    URI.create("http://127.0.0.1:" + port() + "/x"),
                    Headers.of("Host", "example.com"),
                    Optional.empty(),
                    PATIENCE,
                    false);
            try (OutboundAnswer answer = outbound.send(request.with("hello".getBytes(UTF_8)))) {
                assertThat(answer.status()).isEqualTo(200);
                assertThat(new String(answer.bytes(100), UTF_8)).isEqualTo("POST hello");
                assertThat(answer.headers().first("x-host")).contains("example.com");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "2130706433", "[::ffff:127.0.0.1]"})
    void aPrivateAddressIsRefusedHoweverItIsWritten(String host) {
        try (HttpOutbound outbound = allowing()) {
            assertThatExceptionOfType(OutboundException.class)
                    .isThrownBy(() -> outbound.send(get(host, "/")))
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(OutboundException.Reason.REFUSED))
                    .withMessageContaining("--outbound-allow");
        }
        assertThat(reached).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/passwd", "ftp://example.com/", "http:///x", "http://127.1/", "/x"})
    void whatIsNoAddressOfHttpIsRefused(String uri) {
        assertThatExceptionOfType(OutboundException.class)
                .isThrownBy(() -> OutboundRequest.of("GET", URI.create(uri), Headers.NONE, PATIENCE))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(OutboundException.Reason.REFUSED));
    }

    @Test
    void aRedirectionDoesNotLeadWhereItMustNotGo() {
        try (HttpOutbound outbound = allowing("127.0.0.1")) {
            assertThatExceptionOfType(OutboundException.class)
                    .isThrownBy(() ->
                            outbound.send(get("127.0.0.1", "/to/127.0.0.2").followingRedirects()))
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(OutboundException.Reason.REFUSED));
        }
        assertThat(reached).hasValue(1);
    }

    @Test
    void redirectionsAreFollowedOnlyIfThatIsWanted() {
        try (HttpOutbound outbound = allowing("127.0.0.1")) {
            try (OutboundAnswer answer = outbound.send(get("127.0.0.1", "/to/127.0.0.1"))) {
                assertThat(answer.status()).isEqualTo(302);
            }
            try (OutboundAnswer answer =
                    outbound.send(get("127.0.0.1", "/to/127.0.0.1").followingRedirects())) {
                assertThat(answer.status()).isEqualTo(200);
            }
            assertThatExceptionOfType(OutboundException.class)
                    .isThrownBy(() -> outbound.send(get("127.0.0.1", "/again").followingRedirects()));
        }
    }

    @Test
    void whoDoesNotAnswerIsUnreachable() {
        int port = port();
        target.stop(0);
        try (HttpOutbound outbound = allowing("127.0.0.1")) {
            OutboundRequest request = OutboundRequest.of(
                    "GET", URI.create("http://127.0.0.1:" + port + "/?secret=1"), Headers.NONE, PATIENCE);
            assertThatExceptionOfType(OutboundException.class)
                    .isThrownBy(() -> outbound.send(request))
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(OutboundException.Reason.UNREACHABLE))
                    .withMessageNotContaining("secret");
        }
    }
}
