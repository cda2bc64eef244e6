package coffer.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.api.CosResponse;
import coffer.api.ResponseBody;
import coffer.api.ResponseBody.Piece;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bodies, limits and times over TLS: the same as without. */
@Timeout(120)
class TlsConnectionTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    private final byte[] content = new byte[5_000_003];

    @TempDir
    private Path directory;

    TlsConnectionTest() {
        new Random(3).nextBytes(content);
    }

    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void storedBodiesLeaveFilesThroughMemory(TlsProvider provider) throws Exception {
        try (FileChannel file = file()) {
            FileBlob inFile = new FileBlob(file);
            ScriptedGateway gateway = new ScriptedGateway(request ->
                    stored(new Piece(inFile, 7, 3_000_000), new Piece(new MemoryBlob(content), 5, 1_000_000)));
            try (HttpServer server = TlsFixture.start(gateway, provider);
                    RawClient client = TlsFixture.connect(server)) {
                for (int i = 0; i < 3; i++) {
                    RawClient.Answer answer = client.send(GET).answer();
                    assertThat(answer.header("Content-Length")).isEqualTo("4000000");
                    assertThat(Arrays.mismatch(answer.body(), 0, 3_000_000, content, 7, 3_000_007))
                            .isEqualTo(-1);
                    assertThat(Arrays.mismatch(answer.body(), 3_000_000, 4_000_000, content, 5, 1_000_005))
                            .isEqualTo(-1);
                }
                assertThat(inFile.isClosedWithin(5)).isTrue();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void pipelinedRequestsAreAnsweredInOrder(TlsProvider provider) throws IOException {
        try (HttpServer server = TlsFixture.start(ScriptedGateway.echo(), provider);
                RawClient client = TlsFixture.connect(server)) {
            client.assertAnswersPipelinedRequestsInOrder();
        }
    }

    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void aBodyThatNobodyReadsStopsItsSender(TlsProvider provider) throws Exception {
        CountDownLatch mayRead = new CountDownLatch(1);
        AtomicLong sent = new AtomicLong();
        ScriptedGateway gateway = new ScriptedGateway(request -> {
            try {
                mayRead.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return ScriptedGateway.text(Long.toString(ScriptedGateway.skip(request)));
        });
        int length = 64 * 1024 * 1024;
        try (HttpServer server = TlsFixture.start(gateway, provider);
                RawClient client = TlsFixture.connect(server)) {
            Thread sender = Thread.ofPlatform().start(() -> {
                try {
                    client.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: " + length + "\r\n\r\n");
                    for (int i = 0; i < 1024; i++) {
                        client.send(new byte[length / 1024]);
                        sent.addAndGet(length / 1024);
                    }
                } catch (IOException e) {
                    sent.set(-1);
                }
            });
            long before = -1;
            while (before != sent.get()) {
                before = sent.get();
                sender.join(500);
            }
            assertThat(sent.get()).isBetween(1L, 32L * 1024 * 1024);
            mayRead.countDown();
            assertThat(client.answer().text()).isEqualTo(Integer.toString(length));
            sender.join();
            assertThat(client.send(GET).answer().text()).isEqualTo("0");
        }
    }

    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void aClientThatTakesNothingIsCut(TlsProvider provider) throws Exception {
        try (FileChannel file = file()) {
            FileBlob blob = new FileBlob(file);
            Piece[] pieces = new Piece[20];
            Arrays.fill(pieces, new Piece(blob, 0, content.length));
            HttpOptions options = Loopback.options()
                    .withTls(TlsFixture.options())
                    .withTimeouts(HttpOptions.Timeouts.DEFAULT
                            .withWrite(Duration.ofMillis(400))
                            .withDrain(Duration.ofMillis(200)));
            try (HttpServer server = TlsFixture.start(options, new ScriptedGateway(_ -> stored(pieces)), provider);
                    RawClient client = TlsFixture.connect(server)) {
                client.send(GET);
                assertThat(blob.isClosedWithin(10)).isTrue();
                assertThatThrownBy(client::answer).isInstanceOf(IOException.class);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void slowHandshakesAreClosed(TlsProvider provider) throws IOException {
        HttpOptions options = Loopback.options()
                .withTls(TlsFixture.options())
                .withTimeouts(HttpOptions.Timeouts.DEFAULT
                        .withHead(Duration.ofMillis(600))
                        .withDrain(Duration.ofMillis(200)));
        ScriptedGateway gateway = ScriptedGateway.echo();
        try (HttpServer server = TlsFixture.start(options, gateway, provider)) {
            for (String begun : new String[] {"\u0016", "\u0016\u0003\u0001\u0001\u0000\u0001\u0000\u0000\u00fc"}) {
                try (RawClient client = new RawClient(server)) {
                    client.send(begun);
                    long since = System.nanoTime();
                    assertThat(client.isAtEnd()).isTrue();
                    assertThat(Duration.ofNanos(System.nanoTime() - since))
                            .isBetween(Duration.ofMillis(300), Duration.ofSeconds(9));
                }
            }
            try (RawClient client = TlsFixture.connect(server)) {
                assertThat(client.send(GET).answer().status()).isEqualTo(200);
                client.send("GET / HTTP/1.1\r\n");
                assertThat(client.isAtEnd()).as("a slow head").isTrue();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void anEarlyRefusalReachesAClientThatIsStillSending(TlsProvider provider) throws Exception {
        ScriptedGateway gateway = new ScriptedGateway(_ -> CosResponse.of(403));
        try (HttpServer server = TlsFixture.start(gateway, provider);
                RawClient client = TlsFixture.connect(server)) {
            client.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000000\r\n\r\n");
            Thread sender = Thread.ofPlatform().start(() -> {
                try {
                    for (int i = 0; i < 200; i++) {
                        client.send(new byte[16 * 1024]);
                    }
                } catch (IOException e) {
                    // Told so, it need not send the rest.
                }
            });
            RawClient.Answer answer = client.answer();
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.header("Connection")).isEqualTo("close");
            assertThat(client.isAtEnd()).isTrue();
            sender.join();
        }
    }

    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void anAnswerThatIsCutDoesNotLookWhole(TlsProvider provider) throws Exception {
        ScriptedGateway gateway = new ScriptedGateway(_ -> CosResponse.ok().withBody(new ResponseBody.Streamed(out -> {
            out.write(new byte[100_000]);
            out.flush();
            throw new IOException("the disk is gone");
        })));
        try (HttpServer server = TlsFixture.start(gateway, provider);
                RecordedSocket recorded = new RecordedSocket(server.address())) {
            // By HTTP/1.0 the end of the connection is the end of the body.
            tls12(recorded).send("GET / HTTP/1.0\r\nHost: a\r\n\r\n").answer();
            assertThat(recorded.lastRecordType()).as("application data").isEqualTo(0x17);
        }
    }

    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void aConnectionEndsWithTheWordThatItDoes(TlsProvider provider) throws Exception {
        try (HttpServer server = TlsFixture.start(ScriptedGateway.echo(), provider);
                RecordedSocket recorded = new RecordedSocket(server.address());
                RawClient client = tls12(recorded)) {
            RawClient.Answer answer = client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                    .answer();
            assertThat(answer.text()).isEqualTo("GET / ");
            assertThat(client.isAtEnd()).isTrue();
            assertThat(recorded.lastRecordType()).as("an alert: close_notify").isEqualTo(0x15);
        }
    }

    /** TLS 1.2, where an alert can be told from data without the key. */
    private static RawClient tls12(RecordedSocket recorded) throws IOException {
        SSLSocket socket = TlsFixture.over(new RawClient(recorded), TlsFixture.NAME);
        socket.setEnabledProtocols(new String[] {"TLSv1.2"});
        return new RawClient(socket);
    }

    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void aClientThatSaysItIsDoneIsAnsweredOrLetGo(TlsProvider provider) throws Exception {
        ScriptedGateway gateway = ScriptedGateway.echo();
        try (HttpServer server = TlsFixture.start(gateway, provider)) {
            try (RawClient client = TlsFixture.connect(server, "TLSv1.3")) {
                assertThat(client.send(GET).answer().status()).isEqualTo(200);
                client.endOutput();
                assertThat(client.isAtEnd()).isTrue();
            }
            try (RawClient client = TlsFixture.connect(server, "TLSv1.3")) {
                client.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc");
                client.endOutput();
                try {
                    assertThat(client.answer().text()).isEqualTo("IncompleteBody");
                } catch (EOFException e) {
                    // BoringSSL does not write once the other side has said that it is done
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void clientsThatVanishLeaveNothing(TlsProvider provider) throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch lost = new CountDownLatch(1);
        ScriptedGateway gateway = new ScriptedGateway(request -> {
            try {
                begun.countDown();
                ByteBuffer buffer = ByteBuffer.allocate(1000);
                while (request.body().read(buffer) >= 0) {
                    buffer.clear();
                }
            } finally {
                lost.countDown();
            }
            return CosResponse.ok();
        });
        try (HttpServer server = TlsFixture.start(gateway, provider)) {
            RawClient plain = new RawClient(server);
            SSLSocket socket = TlsFixture.over(plain, TlsFixture.NAME);
            RawClient client = new RawClient(socket);
            client.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc");
            begun.await();
            plain.reset();
            assertThat(lost.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(TlsProvider.class)
    void tooManyAreToldToSlowDown(TlsProvider provider) throws IOException {
        HttpOptions options = Loopback.options()
                .withTls(TlsFixture.options())
                .withLimits(HttpOptions.Limits.DEFAULT.withConnections(1));
        try (HttpServer server = TlsFixture.start(options, ScriptedGateway.echo(), provider);
                RawClient served = TlsFixture.connect(server)) {
            assertThat(served.send(GET).answer().status()).isEqualTo(200);
            try (RawClient other = TlsFixture.connect(server)) {
                RawClient.Answer answer = other.send(GET).answer();
                assertThat(answer.text()).isEqualTo("SlowDown");
                assertThat(answer.header("Connection")).isEqualTo("close");
                assertThat(other.isAtEnd()).isTrue();
            }
        }
    }

    private FileChannel file() throws IOException {
        Path file = Files.write(directory.resolve("blob"), content);
        return FileChannel.open(file, StandardOpenOption.READ);
    }

    private static CosResponse stored(Piece... pieces) {
        return CosResponse.ok().withBody(new ResponseBody.Stored(new ListedPieces(pieces)));
    }
}
