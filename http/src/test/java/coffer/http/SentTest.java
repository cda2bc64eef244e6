package coffer.http;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.api.CosResponse;
import coffer.api.ResponseBody;
import coffer.api.ResponseBody.Piece;
import coffer.http.ScriptedGateway.Sent;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a gateway is told of its answers once they are out. */
@Timeout(60)
class SentTest {
    private static final int LARGE = 5_000_000;

    private static CosResponse answer(String kind) {
        return switch (kind) {
            case "none" -> CosResponse.noContent();
            case "small" -> ScriptedGateway.text("text");
            case "bytes" -> CosResponse.ok().withBody(new ResponseBody.Bytes(new byte[LARGE]));
            case "piece" -> stored(100);
            case "pieces" -> stored(LARGE);
            case "stream" -> CosResponse.ok().withBody(new ResponseBody.Streamed(out -> out.write(new byte[LARGE])));
            default -> throw new IllegalStateException(kind);
        };
    }

    private static CosResponse stored(int bytes) {
        return CosResponse.ok()
                .withBody(new ResponseBody.Stored(
                        new ListedPieces(new Piece(new MemoryBlob(new byte[bytes]), 0, bytes))));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, none, 204, 0",
        "GET, small, 200, 4",
        "GET, bytes, 200, 5000000",
        "GET, piece, 200, 100",
        "GET, pieces, 200, 5000000",
        "GET, stream, 200, 5000000",
        "HEAD, small, 200, 0",
        "HEAD, pieces, 200, 0",
    })
    void bytesOfTheBodyAreCounted(String method, String kind, int status, long bytes) throws Exception {
        ScriptedGateway gateway = new ScriptedGateway(request -> answer(kind));
        try (HttpServer server = Loopback.start(gateway);
                RawClient client = new RawClient(server)) {
            client.send(method + " / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            if (method.equals("GET")) {
                assertThat(client.answer().status()).isEqualTo(status);
            }
            assertThat(told(gateway)).containsExactly(new Sent(status, bytes));
        }
    }

    @Test
    void whoeverGoesAwayWasSentLess() throws Exception {
        int much = 64_000_000;
        ScriptedGateway gateway = new ScriptedGateway(request -> stored(much));
        try (HttpServer server = Loopback.start(gateway)) {
            try (RawClient client = new RawClient(server, 4096)) {
                client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
                LockSupport.parkNanos(200_000_000);
            }
            Sent sent = told(gateway).getFirst();
            assertThat(sent.status()).isEqualTo(200);
            assertThat(sent.bodyBytes()).isBetween(1L, much - 1L);
        }
    }

    private static List<Sent> told(ScriptedGateway gateway) {
        while (gateway.sent().isEmpty()) {
            LockSupport.parkNanos(1_000_000);
        }
        return gateway.sent();
    }
}
