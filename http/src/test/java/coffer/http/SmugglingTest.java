package coffer.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests that another server on the way might understand differently are refused, and nothing after them is believed.
 */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SmugglingTest {
    private static final String POST = "POST /x HTTP/1.1\r\nHost: a\r\n";
    private static final String NEXT = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n";

    private final ScriptedGateway gateway = ScriptedGateway.echo();
    private HttpServer server;

    @BeforeAll
    void start() throws IOException {
        server = Loopback.start(gateway);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                POST + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                POST + "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n",
                POST + "Content-Length: 4\r\nContent-Length: 5\r\n\r\nabcd",
                POST + "Content-Length: 4\r\nContent-Length: 4\r\n\r\nabcd",
                POST + "Content-Length: 4, 4\r\n\r\nabcd",
                POST + "Content-Length: +4\r\n\r\nabcd",
                POST + "Content-Length: -4\r\n\r\nabcd",
                POST + "Content-Length: 0x4\r\n\r\nabcd",
                POST + "Content-Length: 4 4\r\n\r\nabcd",
                POST + "Content-Length:\r\n\r\nabcd",
                POST + "Content-Length: 99999999999999999999\r\n\r\nabcd",
                POST + "Content-Length: \u00b2\r\n\r\nab",
                POST + "Transfer-Encoding: gzip\r\n\r\n",
                POST + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                POST + "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
                POST + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                POST + "Transfer-Encoding: identity\r\n\r\n",
                POST + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
                POST + "Transfer-Encoding: \u000bchunked\r\n\r\n0\r\n\r\n",
                POST + "Transfer-Encoding:\r\n\r\n",
                "POST /x HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                POST + "Content-Length : 4\r\n\r\nabcd",
                POST + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
                POST + " Content-Length: 4\r\n\r\nabcd",
                POST + "A: b\r\n c\r\n\r\n",
                POST + "A: b\r\n\tc\r\n\r\n",
                POST + "A: b\rc\r\n\r\n",
                POST + "A: b\r\r\n\r\n",
                POST + "A: b\u0000c\r\n\r\n",
                POST + "A: b\u007fc\r\n\r\n",
                POST + "A: b\nContent-Length: 4\r\n\r\nabcd",
                POST + "A: b\r\n\n",
                POST + ": b\r\n\r\n",
                POST + "A\r\n\r\n",
                POST + "A(b): c\r\n\r\n",
                POST + "A b: c\r\n\r\n",
                POST + "A\u00e9: c\r\n\r\n",
                POST + "A\u0000: c\r\n\r\n",
                "POST /x HTTP/1.1\r\n\r\n",
                "POST /x HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n",
                "POST /x HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
                "POST /x HTTP/1.1\r\nHost: a b\r\n\r\n",
                "POST /x HTTP/1.1\r\nHost: a/b\r\n\r\n",
                "POST /x HTTP/1.1\r\nHost: u@a\r\n\r\n",
                "POST /x\u0000 HTTP/1.1\r\nHost: a\r\n\r\n",
                "POST /x\t HTTP/1.1\r\nHost: a\r\n\r\n",
                "POST /x\r HTTP/1.1\r\nHost: a\r\n\r\n",
                "POST /x\rHTTP/1.1\r\nHost: a\r\n\r\n",
                "POST  /x HTTP/1.1\r\nHost: a\r\n\r\n",
                "POST /x  HTTP/1.1\r\nHost: a\r\n\r\n",
                " POST /x HTTP/1.1\r\nHost: a\r\n\r\n",
                "POST /x HTTP/1.1 \r\nHost: a\r\n\r\n",
                "POST /x y HTTP/1.1\r\nHost: a\r\n\r\n",
                "POST /x HTTP/1.1\nHost: a\n\n",
                "POST x HTTP/1.1\r\nHost: a\r\n\r\n",
                "POST /x\r\n\r\n",
                "POST /x HTTP/2.0\r\nHost: a\r\n\r\n",
                "POST /x HTTP/1.2\r\nHost: a\r\n\r\n",
                "POST /x http/1.1\r\nHost: a\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
                "P(ST /x HTTP/1.1\r\nHost: a\r\n\r\n",
                "\r\n\r\n\r\n\r\nPOST /x HTTP/1.1\r\nHost: a\r\n\r\n",
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\r\n",
            })
    void isRefusedAndNothingBehindItIsRead(String request) throws IOException {
        try (RawClient client = new RawClient(server)) {
            RawClient.Answer answer = client.send(request + NEXT).answer();
            assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 400 Bad Request");
            assertThat(answer.text()).isEqualTo("BadRequest");
            assertThat(answer.header("Connection")).isEqualTo("close");
            assertThat(answer.header("x-cos-request-id")).isEqualTo("refused");
            assertThat(client.isAtEnd()).isTrue();
        }
        assertThat(gateway.requests()).isEmpty();
    }

    @Test
    void garbageAfterABodyIsRefusedAndClosesTheConnection() throws IOException {
        ScriptedGateway own = ScriptedGateway.echo();
        try (HttpServer other = Loopback.start(own);
                RawClient client = new RawClient(other)) {
            client.send(POST + "Content-Length: 4\r\n\r\nabcdefgh\r\n\r\n");
            assertThat(client.answer().text()).isEqualTo("POST /x abcd");
            assertThat(client.answer().status()).isEqualTo(400);
            assertThat(client.isAtEnd()).isTrue();
            assertThat(own.requests()).hasSize(1);
        }
    }
}
