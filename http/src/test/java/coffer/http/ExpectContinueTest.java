package coffer.http;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.api.CosError;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that ask before they send. */
@Timeout(30)
class ExpectContinueTest {
    private static final String PUT = "PUT /x HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n";

    @Test
    void areToldToGoOnByTheFirstRead() throws IOException {
        try (HttpServer server = Loopback.start(ScriptedGateway.echo());
                RawClient client = new RawClient(server)) {
            client.send(PUT);
            assertThat(client.line()).isEqualTo("HTTP/1.1 100 Continue");
            assertThat(client.line()).isEmpty();
            RawClient.Answer answer = client.send("abc").answer();
            assertThat(answer.text()).isEqualTo("PUT /x abc");
            assertThat(answer.header("Connection")).isEqualTo("keep-alive");
        }
    }

    @Test
    void areToldNothingButTheRefusal() throws IOException {
        ScriptedGateway refusing = new ScriptedGateway(request -> {
            throw CosError.ACCESS_DENIED.exception();
        });
        try (HttpServer server = Loopback.start(refusing);
                RawClient client = new RawClient(server)) {
            RawClient.Answer answer = client.send(PUT).answer();
            assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 403 Forbidden");
            assertThat(answer.header("Connection")).isEqualTo("close");
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @Test
    void areToldThatOtherExpectationsAreNotMet() throws IOException {
        try (HttpServer server = Loopback.start(ScriptedGateway.echo());
                RawClient client = new RawClient(server)) {
            RawClient.Answer answer =
                    client.send(PUT.replace("100-continue", "cake")).answer();
            assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 417 Expectation Failed");
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @Test
    void areNotToldToGoOnIfTheyDoNotWait() throws IOException {
        ScriptedGateway late = new ScriptedGateway(request -> {
            while (!request.body().getClass().equals(BodyQueue.class)
                    || !((BodyQueue) request.body()).leavesConnectionUsable(0)) {
                Thread.onSpinWait();
            }
            return ScriptedGateway.text(ScriptedGateway.read(request));
        });
        try (HttpServer server = Loopback.start(late);
                RawClient client = new RawClient(server)) {
            assertThat(client.send(PUT + "abc").answer().text()).isEqualTo("abc");
        }
    }
}
