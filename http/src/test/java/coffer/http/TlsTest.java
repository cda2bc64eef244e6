package coffer.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Handshakes, and who speaks what on which port. */
@Timeout(60)
class TlsTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    private final ScriptedGateway gateway = ScriptedGateway.echo();

    @ParameterizedTest
    @CsvSource({"BORINGSSL, TLSv1.3, 1.3", "BORINGSSL, TLSv1.2, 1.2", "JDK, TLSv1.3, 1.3", "JDK, TLSv1.2, 1.2"})
    void requestsSayWhichTlsTheyCameOver(TlsProvider provider, String protocol, String version) throws IOException {
        try (HttpServer server = TlsFixture.start(gateway, provider);
                RawClient client = TlsFixture.connect(server, protocol)) {
            assertThat(client.send(GET).answer().text()).isEqualTo("GET / ");
            assertThat(gateway.requests().getLast().secure()).isTrue();
            assertThat(gateway.requests().getLast().tlsVersion()).contains(version);
            assertThat(gateway.requests().getLast().remoteAddress()).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void bothAreServedOnOnePort() throws IOException {
        try (HttpServer server = TlsFixture.start(gateway, TlsProvider.best());
                RawClient secure = TlsFixture.connect(server);
                RawClient plain = new RawClient(server)) {
            for (int i = 0; i < 3; i++) {
                assertThat(secure.send(GET).answer().text()).isEqualTo("GET / ");
                assertThat(gateway.requests().getLast().secure()).isTrue();
                assertThat(plain.send(GET).answer().text()).isEqualTo("GET / ");
                assertThat(gateway.requests().getLast().secure()).isFalse();
            }
        }
    }

    @Test
    void aPortForTlsAloneTellsThoseWhoSpeakHttp() throws IOException {
        try (HttpServer server = TlsFixture.start(gateway, TlsProvider.best());
                RawClient secure = TlsFixture.connectTo(server.tlsAddress().orElseThrow());
                RawClient plain = new RawClient(server.tlsAddress().orElseThrow(), 0)) {
            assertThat(secure.send(GET).answer().text()).isEqualTo("GET / ");
            RawClient.Answer answer = plain.send(GET).answer();
            assertThat(answer.status()).isEqualTo(400);
            assertThat(plain.isAtEnd()).isTrue();
            assertThat(gateway.requests()).hasSize(1);
        }
    }

    @Test
    void withoutIdentitiesAHandshakeIsABadRequest() throws IOException {
        try (HttpServer server = Loopback.start(gateway);
                RawClient client = new RawClient(server)) {
            assertThat(server.tlsAddress()).isEmpty();
            assertThat(client.send("\u0016\u0003\u0001\r\n").answer().status()).isEqualTo(400);
        }
    }

    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void theNameAskedForDecidesWhoAnswers(TlsProvider provider) throws IOException {
        AtomicReference<Optional<String>> asked = new AtomicReference<>(Optional.empty());
        Identities identities = name -> {
            asked.set(name);
            return name.isPresent() ? TlsFixture.SECOND : TlsFixture.FIRST;
        };
        try (HttpServer server =
                TlsFixture.start(Loopback.options().withTls(TlsFixture.options(identities)), gateway, provider)) {
            for (String name : List.of("Some.Name.myqcloud.com", "")) {
                try (RawClient client = new RawClient(TlsFixture.over(new RawClient(server), name))) {
                    assertThat(client.send(GET).answer().text()).isEqualTo("GET / ");
                    assertThat(TlsFixture.certificateOf(client)
                                    .getSubjectX500Principal()
                                    .getName())
                            .isEqualTo(name.isEmpty() ? "CN=first" : "CN=second");
                    assertThat(asked.get())
                            .isEqualTo(name.isEmpty() ? Optional.empty() : Optional.of("some.name.myqcloud.com"));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void identitiesAreExchangedWhileConnectionsAreOpen(TlsProvider provider) throws IOException {
        AtomicReference<Identity> current = new AtomicReference<>(TlsFixture.FIRST);
        try (HttpServer server = TlsFixture.start(
                        Loopback.options().withTls(TlsFixture.options(_ -> current.get())), gateway, provider);
                RawClient before = TlsFixture.connect(server)) {
            assertThat(before.send(GET).answer().status()).isEqualTo(200);
            current.set(TlsFixture.SECOND);
            try (RawClient after = TlsFixture.connect(server)) {
                assertThat(after.send(GET).answer().status()).isEqualTo(200);
                assertThat(TlsFixture.certificateOf(after)).isEqualTo(TlsFixture.SECOND.certificate());
            }
            assertThat(TlsFixture.certificateOf(before)).isEqualTo(TlsFixture.FIRST.certificate());
            assertThat(before.send(GET).answer().status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void anIdentityThatCannotBeHadEndsTheHandshakeOnly(TlsProvider provider) throws IOException {
        Identities identities = name -> {
            if (name.isEmpty()) {
                throw new IllegalStateException("none");
            }
            return TlsFixture.FIRST;
        };
        try (HttpServer server =
                TlsFixture.start(Loopback.options().withTls(TlsFixture.options(identities)), gateway, provider)) {
            try (SSLSocket socket = TlsFixture.over(new RawClient(server), "")) {
                assertThatThrownBy(socket::startHandshake).isInstanceOf(IOException.class);
            }
            try (RawClient client = TlsFixture.connect(server)) {
                assertThat(client.send(GET).answer().status()).isEqualTo(200);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void agreesOnHttp11AndNothingElse(TlsProvider provider) throws IOException {
        try (HttpServer server = TlsFixture.start(gateway, provider);
                SSLSocket socket = TlsFixture.over(new RawClient(server), TlsFixture.NAME)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            assertThat(socket.getApplicationProtocol()).isEqualTo("http/1.1");
        }
    }

    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void ciphersThatDoNotAuthenticateAreRefused(TlsProvider provider) throws IOException {
        try (HttpServer server = TlsFixture.start(gateway, provider);
                SSLSocket socket = TlsFixture.over(new RawClient(server), TlsFixture.NAME)) {
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            socket.setEnabledCipherSuites(new String[] {"TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256"});
            assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLException.class);
        }
    }

    /** A hello of TLS 1.1 with a cipher that was never forbidden. */
    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void olderVersionsAreRefusedWithAnAlert(TlsProvider provider) throws IOException {
        String hello = "0302" + "00".repeat(32) + "00" + "0004c009c02b" + "0100" + "0000";
        String record = "16030100" + "%02x".formatted(hello.length() / 2 + 4) + "010000"
                + "%02x".formatted(hello.length() / 2) + hello;
        try (HttpServer server = TlsFixture.start(gateway, provider);
                RawClient client = new RawClient(server)) {
            byte[] alert = client.send(HexFormat.of().parseHex(record)).bytes(7);
            assertThat(alert[0]).isEqualTo((byte) 0x15);
            assertThat(alert[5]).as("fatal").isEqualTo((byte) 2);
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void renegotiationIsRefused(TlsProvider provider) throws IOException {
        try (HttpServer server = TlsFixture.start(gateway, provider);
                RawClient client = TlsFixture.connect(server, "TLSv1.2")) {
            assertThat(client.send(GET).answer().status()).isEqualTo(200);
            SSLSocket socket = (SSLSocket) client.socket();
            assertThatThrownBy(() -> {
                        socket.startHandshake();
                        client.send(GET).answer();
                        client.send(GET).answer();
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void whatOnlyLooksLikeAHandshakeIsClosed(TlsProvider provider) throws IOException {
        try (HttpServer server = TlsFixture.start(gateway, provider)) {
            for (String octets : List.of(
                    "\u0016\u0003\u0001\u0000\u0001\u0001",
                    "\u0016\u0003\u0001\u0000\u0005\u0001\u0000\u0000\u0001\u0000" + GET,
                    "\u0016\u0003\u0001\u00ff\u00ff" + "x".repeat(40_000),
                    "\u0016" + GET,
                    "\u0016\u0003\u0001\u0000\u0004\u0001\u00ff\u00ff\u00ff"
                            + "\u0016\u0003\u0001@\u0000".repeat(10))) {
                try (RawClient client = new RawClient(server)) {
                    client.send(octets);
                    client.endOutput();
                    client.socket().getInputStream().readAllBytes();
                }
            }
            assertThat(gateway.requests()).isEmpty();
            try (RawClient client = TlsFixture.connect(server)) {
                assertThat(client.send(GET).answer().status()).isEqualTo(200);
            }
        }
    }
}
