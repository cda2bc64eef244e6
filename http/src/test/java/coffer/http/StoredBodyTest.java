package coffer.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.api.CosResponse;
import coffer.api.ResponseBody;
import coffer.api.ResponseBody.Piece;
import coffer.api.ResponseBody.Pieces;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Stored bytes on their way out: from files without copying, through buffers otherwise. */
@Timeout(60)
class StoredBodyTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

    private final byte[] content = new byte[5_000_003];

    @TempDir
    private Path directory;

    @BeforeEach
    void fill() {
        new Random(3).nextBytes(content);
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void leavesFromFilesAndBuffersInTheOrderOfItsPieces(Transport transport) throws Exception {
        try (FileChannel file = file(content)) {
            FileBlob inFile = new FileBlob(file);
            MemoryBlob inMemory = new MemoryBlob(content);
            ScriptedGateway gateway = new ScriptedGateway(request -> stored(new ListedPieces(
                    new Piece(inFile, 7, 2_000_000), new Piece(inMemory, 5, 1_000_000), new Piece(inFile, 0, 1))));
            try (HttpServer server = HttpServer.start(
                            Loopback.options(), gateway, InstantSource.system(), transport, TlsProvider.best());
                    RawClient client = new RawClient(server)) {
                RawClient.Answer answer = client.send(GET).answer();
                ByteArrayOutputStream expected = new ByteArrayOutputStream();
                expected.write(content, 7, 2_000_000);
                expected.write(content, 5, 1_000_000);
                expected.write(content, 0, 1);
                assertThat(answer.header("Content-Length")).isEqualTo("3000001");
                assertThat(answer.header("Connection")).isEqualTo("keep-alive");
                assertThat(answer.body()).isEqualTo(expected.toByteArray());
                assertThat(inFile.isClosedWithin(5)).isTrue();
                assertThat(inMemory.isClosed()).isTrue();
            }
            assertThat(file.isOpen()).isTrue();
        }
    }

    @Test
    void leavesInOneWriteWithItsHeadIfItIsSmall() throws Exception {
        ListedPieces[] last = new ListedPieces[1];
        ScriptedGateway gateway = new ScriptedGateway(request -> {
            last[0] = new ListedPieces(
                    new Piece(new MemoryBlob(content), 100, 4096), new Piece(new MemoryBlob(content), 0, 10));
            return stored(last[0]);
        });
        try (HttpServer server = Loopback.start(gateway);
                RawClient client = new RawClient(server)) {
            byte[] body = client.send(GET).answer().body();
            assertThat(body).startsWith(Arrays.copyOfRange(content, 100, 4196));
            assertThat(body).hasSize(4106).endsWith(Arrays.copyOfRange(content, 0, 10));
            await(() -> last[0].isClosed());
        }
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void letsGoOfAFileWhenTheClientGoesAway(Transport transport) throws Exception {
        try (FileChannel file = file(new byte[64 * 1024 * 1024])) {
            FileBlob blob = new FileBlob(file);
            ListedPieces pieces = new ListedPieces(MemoryBlob.whole(blob), MemoryBlob.whole(blob));
            try (HttpServer server = HttpServer.start(
                            Loopback.options(),
                            new ScriptedGateway(request -> stored(pieces)),
                            InstantSource.system(),
                            transport,
                            TlsProvider.best());
                    RawClient client = new RawClient(server, 16 * 1024)) {
                client.send(GET).bytes(100_000);
                client.reset();
                assertThat(blob.isClosedWithin(10)).isTrue();
                await(pieces::isClosed);
            }
            assertThat(file.isOpen()).isTrue();
        }
    }

    /** However little memory answers may take together, and however slow others are, each comes whole. */
    @Test
    void leavesInSmallPiecesWhereMemoryIsScarce() throws Exception {
        HttpOptions options = Loopback.options().withLimits(HttpOptions.Limits.DEFAULT.withAnswersBytes(64 * 1024));
        ScriptedGateway gateway =
                new ScriptedGateway(request -> stored(new ListedPieces(MemoryBlob.whole(new MemoryBlob(content)))));
        try (HttpServer server = HttpServer.start(options, gateway);
                RawClient slow = new RawClient(server, 16 * 1024);
                RawClient client = new RawClient(server)) {
            slow.send(GET).bytes(1000);
            assertThat(client.send(GET).answer().body()).isEqualTo(content);
        }
    }

    @Test
    void isReadNoFasterThanTheClientTakesIt() throws Exception {
        byte[] large = new byte[64 * 1024 * 1024];
        MemoryBlob blob = new MemoryBlob(large);
        try (HttpServer server = Loopback.start(
                        new ScriptedGateway(request -> stored(new ListedPieces(MemoryBlob.whole(blob)))));
                RawClient client = new RawClient(server, 16 * 1024)) {
            client.send(GET).bytes(1000);
            long before;
            do {
                before = blob.readBytes();
                LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
            } while (blob.readBytes() > before);
            // What the kernels hold, and three quarters of a mebibyte of ours.
            assertThat(before).isLessThan(16L * 1024 * 1024);
            assertThat(blob.isClosed()).isFalse();
        }
        await(blob::isClosed);
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void isCutWhenTheClientTakesNothingForTooLong(Transport transport) throws Exception {
        HttpOptions options =
                Loopback.options().withTimeouts(HttpOptions.Timeouts.DEFAULT.withWrite(Duration.ofMillis(400)));
        try (FileChannel file = file(new byte[64 * 1024 * 1024])) {
            FileBlob blob = new FileBlob(file);
            try (HttpServer server = HttpServer.start(
                            options,
                            new ScriptedGateway(request -> stored(new ListedPieces(MemoryBlob.whole(blob)))),
                            InstantSource.system(),
                            transport,
                            TlsProvider.best());
                    RawClient client = new RawClient(server, 16 * 1024)) {
                client.send(GET);
                for (int i = 0; i < 20; i++) {
                    LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
                    client.bytes(256 * 1024);
                }
                assertThat(blob.isClosedWithin(0)).isFalse();
                assertThat(blob.isClosedWithin(5)).isTrue();
            }
        }
    }

    @Test
    void isPaced() throws Exception {
        try (FileChannel file = file(content)) {
            ScriptedGateway gateway = new ScriptedGateway(request -> stored(new ListedPieces(
                            new Piece(new FileBlob(file), 0, 60_000), new Piece(new MemoryBlob(content), 0, 60_000)))
                    .withBytesPerSecond(200_000));
            try (HttpServer server = Loopback.start(gateway);
                    RawClient client = new RawClient(server)) {
                long start = System.nanoTime();
                assertThat(client.send(GET).answer().body()).hasSize(120_000);
                // 120,000 bytes in steps of 20,000, of which the first does not wait.
                assertThat(Duration.ofNanos(System.nanoTime() - start))
                        .isBetween(Duration.ofMillis(400), Duration.ofSeconds(3));
            }
        }
    }

    @Test
    void isAnInternalErrorIfItCannotEvenBegin() throws Exception {
        ListedPieces[] broken = {
            new ListedPieces(MemoryBlob.whole(new MemoryBlob(new byte[4096], 0))),
            new ListedPieces(4097, MemoryBlob.whole(new MemoryBlob(new byte[4096]))),
            new ListedPieces(4095, MemoryBlob.whole(new MemoryBlob(new byte[4096]))),
            new ListedPieces(1),
            new ListedPieces(1_000_000),
            new ListedPieces(new Piece(new MemoryBlob(new byte[10]), 0, 20)),
        };
        for (ListedPieces pieces : broken) {
            try (HttpServer server = Loopback.start(new ScriptedGateway(request -> stored(pieces)));
                    RawClient client = new RawClient(server)) {
                RawClient.Answer answer = client.send(GET).answer();
                assertThat(answer.text()).isEqualTo("InternalError");
                assertThat(answer.header("Connection")).isEqualTo("keep-alive");
                await(pieces::isClosed);
            }
        }
    }

    @Test
    void isCutIfItFailsOnTheWay() throws Exception {
        Pieces[] broken = {
            new ListedPieces(MemoryBlob.whole(new MemoryBlob(content, 3_000_000))),
            new ListedPieces(content.length + 1L, MemoryBlob.whole(new MemoryBlob(content))),
            new ListedPieces(
                    content.length + 1L,
                    MemoryBlob.whole(new MemoryBlob(content)),
                    new Piece(new MemoryBlob(content), 0, 2)),
        };
        for (Pieces pieces : broken) {
            try (HttpServer server = Loopback.start(new ScriptedGateway(request -> stored(pieces)));
                    RawClient client = new RawClient(server)) {
                client.send(GET);
                assertThatThrownBy(client::answer).isInstanceOf(IOException.class);
            }
        }
    }

    private FileChannel file(byte[] bytes) throws IOException {
        return FileChannel.open(Files.write(directory.resolve("blob"), bytes), StandardOpenOption.READ);
    }

    private static CosResponse stored(Pieces pieces) {
        return CosResponse.ok().withBody(new ResponseBody.Stored(pieces));
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }
}
