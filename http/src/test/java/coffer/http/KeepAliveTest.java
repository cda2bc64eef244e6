package coffer.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections and the requests on them. */
@Timeout(30)
class KeepAliveTest {
    @Test
    void answersRequestAfterRequestOnOneConnection() throws IOException {
        try (HttpServer server = Loopback.start(ScriptedGateway.echo());
                RawClient client = new RawClient(server)) {
            for (int i = 0; i < 100; i++) {
                RawClient.Answer answer = client.send("GET /" + i + " HTTP/1.1\r\nHost: a\r\n\r\n")
                        .answer();
                assertThat(answer.statusLine()).isEqualTo("HTTP/1.1 200 OK");
                assertThat(answer.text()).isEqualTo("GET /" + i + " ");
                assertThat(answer.header("Connection")).isEqualTo("keep-alive");
                assertThat(answer.header("Server")).isEqualTo("tencent-cos");
                assertThat(answer.header("Date")).matches("\\w{3}, \\d\\d \\w{3} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT");
            }
        }
    }

    @Test
    void answersPipelinedRequestsInOrder() throws IOException {
        try (HttpServer server = Loopback.start(ScriptedGateway.echo());
                RawClient client = new RawClient(server)) {
            client.assertAnswersPipelinedRequestsInOrder();
        }
    }

    @Test
    void closesWhenTheClientAsksForIt() throws IOException {
        try (HttpServer server = Loopback.start(ScriptedGateway.echo());
                RawClient client = new RawClient(server)) {
            RawClient.Answer answer = client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: TE, Close\r\n\r\n")
                    .answer();
            assertThat(answer.header("Connection")).isEqualTo("close");
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @Test
    void closesAfterHttp10UnlessToldToKeepAlive() throws IOException {
        try (HttpServer server = Loopback.start(ScriptedGateway.echo());
                RawClient client = new RawClient(server)) {
            RawClient.Answer kept = client.send("GET /1 HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n")
                    .answer();
            assertThat(kept.header("Connection")).isEqualTo("keep-alive");
            RawClient.Answer last = client.send("GET /2 HTTP/1.0\r\n\r\n").answer();
            assertThat(last.header("Connection")).isEqualTo("close");
            assertThat(last.header("Content-Length")).isEqualTo("7");
            assertThat(client.isAtEnd()).isTrue();
        }
    }

    @Test
    void answersAClientThatHasShutItsSide() throws IOException {
        try (HttpServer server = Loopback.start(ScriptedGateway.echo());
                RawClient client = new RawClient(server)) {
            client.send("GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n");
            client.endOutput();
            assertThat(client.answer().text()).isEqualTo("GET /1 ");
            assertThat(client.answer().text()).isEqualTo("GET /2 ");
            assertThat(client.isAtEnd()).isTrue();
        }
    }
}
