package coffer.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.api.CosResponse;
import coffer.api.HttpRequest;
import coffer.api.ResponseBody;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers as they go over the wire. */
@Timeout(30)
class ResponseTest {
    private volatile Function<HttpRequest, CosResponse> script = request -> CosResponse.ok();
    private HttpServer server;
    private RawClient client;

    @BeforeEach
    void start() throws IOException {
        ScriptedGateway gateway = new ScriptedGateway(request -> script.apply(request));
        server = HttpServer.start(
                Loopback.options(), gateway, InstantSource.fixed(Instant.parse("2026-02-03T01:02:03.9Z")));
        client = new RawClient(server);
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.close();
    }

    @Test
    void keepNamesAsSpelledAndWriteValuesAsUtf8() throws IOException {
        answering(CosResponse.ok().with("x-cos-SSE-key-MD5", "v").with("x-cos-meta-name", "李 雷"));
        RawClient.Answer answer = get();
        assertThat(answer.header("x-cos-SSE-key-MD5")).isEqualTo("v");
        assertThat(answer.header("x-cos-meta-name")).isEqualTo("李 雷");
        assertThat(answer.header("Date")).isEqualTo("Tue, 03 Feb 2026 01:02:03 GMT");
        assertThat(answer.header("Content-Length")).isEqualTo("0");
    }

    @Test
    void leaveFramingToTheServer() throws IOException {
        answering(ScriptedGateway.text("four")
                .with("content-length", "99")
                .with("Transfer-Encoding", "chunked")
                .with("Connection", "close")
                .with("Date", "never")
                .with("Server", "other"));
        RawClient.Answer answer = get();
        assertThat(answer.text()).isEqualTo("four");
        assertThat(answer.headers().all())
                .extracting(header -> header.name())
                .containsExactlyInAnyOrder("Content-Length", "Server", "Date", "Connection");
        assertThat(answer.header("Connection")).isEqualTo("keep-alive");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nb: c", "a\rb", "a\nb", "a\u0000b", "a\u007fb"})
    void cannotBeSplitByAHeaderValue(String value) throws IOException {
        answering(CosResponse.ok().with("x-cos-meta-a", value));
        RawClient.Answer answer = get();
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.text()).isEqualTo("InternalError");
        assertThat(get().status()).isEqualTo(500);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a:", "", "a\r\n", "ä"})
    void cannotBeSplitByAHeaderName(String name) throws IOException {
        answering(CosResponse.ok().with(name, "v"));
        assertThat(get().status()).isEqualTo(500);
    }

    @Test
    void areInternalErrorsIfTheGatewayFails() throws IOException {
        script = request -> {
            throw new IllegalStateException("a fault");
        };
        assertThat(get().text()).isEqualTo("InternalError");
        answering(CosResponse.of(100));
        assertThat(get().text()).isEqualTo("InternalError");
    }

    @Test
    void toHeadNeverHaveABody() throws IOException {
        byte[] bytes = "twelve bytes".getBytes(StandardCharsets.US_ASCII);
        answering(CosResponse.ok().withBody(new ResponseBody.None(1L << 40)));
        assertThat(head().header("Content-Length")).isEqualTo("1099511627776");
        answering(CosResponse.of(404).withBody(new ResponseBody.Bytes(bytes)));
        assertThat(head().header("Content-Length")).isEqualTo("12");
        ListedPieces pieces = new ListedPieces(MemoryBlob.whole(new MemoryBlob(bytes)));
        answering(CosResponse.ok().withBody(new ResponseBody.Stored(pieces)));
        assertThat(head().header("Content-Length")).isEqualTo("12");
        assertThat(pieces.isClosed()).isTrue();
        answering(CosResponse.ok().withBody(new ResponseBody.Streamed(out -> {
            throw new IOException("not to be called");
        })));
        assertThat(head().header("Transfer-Encoding")).isEqualTo("chunked");
        answering(ScriptedGateway.text("still in step"));
        assertThat(get().text()).isEqualTo("still in step");
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 304})
    void thatHaveNoContentHaveNoBody(int status) throws IOException {
        answering(
                CosResponse.of(status).withBody(new ResponseBody.Bytes("dropped".getBytes(StandardCharsets.US_ASCII))));
        RawClient.Answer answer = get();
        assertThat(answer.status()).isEqualTo(status);
        answering(CosResponse.of(status));
        assertThat(get().header("Content-Length")).isEqualTo(status == 204 ? "(absent)" : "0");
        answering(ScriptedGateway.text("still in step"));
        assertThat(get().text()).isEqualTo("still in step");
    }

    @Test
    void sayNoLengthTheyDoNotHave() throws IOException {
        answering(CosResponse.ok().withBody(new ResponseBody.None(77)));
        assertThat(get().header("Content-Length")).isEqualTo("0");
    }

    @Test
    void alwaysHaveAReason() throws IOException {
        for (int status : new int[] {200, 206, 299, 399, 416, 451, 499, 503, 599}) {
            answering(CosResponse.of(status));
            assertThat(get().statusLine()).matches("HTTP/1.1 " + status + " [A-Z][A-Za-z ]+");
        }
    }

    @Test
    void ofManyBytesArriveWhole() throws IOException {
        byte[] bytes = new byte[3_000_001];
        new Random(1).nextBytes(bytes);
        answering(CosResponse.ok().withBody(new ResponseBody.Bytes(bytes)));
        assertThat(get().body()).isEqualTo(bytes);
        assertThat(get().body()).isEqualTo(bytes);
    }

    @Test
    void ofUnknownLengthComeInChunks() throws IOException {
        byte[] bytes = new byte[100_001];
        new Random(2).nextBytes(bytes);
        answering(streamed(out -> {
            out.write(bytes, 0, 50_000);
            out.write(bytes[50_000]);
            out.flush();
            out.flush();
            out.write(bytes, 50_001, 50_000);
            out.close();
        }));
        RawClient.Answer answer = get();
        assertThat(answer.header("Transfer-Encoding")).isEqualTo("chunked");
        assertThat(answer.header("Connection")).isEqualTo("keep-alive");
        assertThat(answer.body()).isEqualTo(bytes);
        answering(streamed(out -> {}));
        assertThat(get().body()).isEmpty();
    }

    @Test
    void ofUnknownLengthEndWithTheConnectionInHttp10() throws IOException {
        answering(streamed(out -> out.write("to the end".getBytes(StandardCharsets.US_ASCII))));
        RawClient.Answer answer =
                client.send("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").answer();
        assertThat(answer.header("Connection")).isEqualTo("close");
        assertThat(answer.header("Transfer-Encoding")).isEqualTo("(absent)");
        assertThat(answer.text()).isEqualTo("to the end");
    }

    @Test
    void arriveWhenFlushed() throws IOException {
        CountDownLatch seen = new CountDownLatch(1);
        answering(streamed(out -> {
            out.write(' ');
            out.flush();
            try {
                seen.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            out.write('x');
        }));
        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        while (!client.line().isEmpty()) {
            // The head.
        }
        assertThat(client.line()).isEqualTo("1");
        assertThat(client.line()).isEqualTo(" ");
        seen.countDown();
        assertThat(client.line()).isEqualTo("1");
        assertThat(client.line()).isEqualTo("x");
        assertThat(client.line()).isEqualTo("0");
    }

    @Test
    void areCutWhenTheirWriterFails() {
        answering(streamed(out -> {
            out.write(' ');
            out.flush();
            throw new IllegalStateException("a fault");
        }));
        assertThatThrownBy(this::get).isInstanceOfAny(EOFException.class, java.net.SocketException.class);
    }

    @Test
    void canBeStreamedWhileTheBodyIsRead() throws IOException {
        script = request ->
                streamed(out -> out.write(ScriptedGateway.read(request).getBytes(StandardCharsets.US_ASCII)));
        client.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello");
        assertThat(client.answer().text()).isEqualTo("hello");
    }

    private static CosResponse streamed(ResponseBody.Writer writer) {
        return CosResponse.ok().withBody(new ResponseBody.Streamed(writer));
    }

    private void answering(CosResponse response) {
        script = request -> response;
    }

    private RawClient.Answer get() throws IOException {
        return client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").answer();
    }

    private RawClient.Answer head() throws IOException {
        return client.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n").answerToHead();
    }
}
