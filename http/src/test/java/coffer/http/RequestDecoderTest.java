package coffer.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Headers;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Request heads, well-formed and hostile. */
class RequestDecoderTest {
    private static final HttpOptions.Limits LIMITS = new HttpOptions.Limits(64, 256, 4, 1, 1, 1, 1, 1, 1);

    private final RequestDecoder decoder = new RequestDecoder(LIMITS);

    @Test
    void decodesAHead() {
        RequestHead head =
                decode("PUT /a%20b?x=1 HTTP/1.1\r\nHost: h:80\r\nX-y:\t v w \t\r\nContent-Length: 12\r\n\r\n");
        assertThat(head.method()).isEqualTo("PUT");
        assertThat(head.target()).isEqualTo("/a%20b?x=1");
        assertThat(head.headers().all())
                .containsExactly(
                        new Headers.Header("Host", "h:80"),
                        new Headers.Header("X-y", "v w"),
                        new Headers.Header("Content-Length", "12"));
        assertThat(head.bodyBytes()).isEqualTo(12);
        assertThat(head.keepAlive()).isTrue();
        assertThat(head.http10()).isFalse();
        assertThat(head.expectsContinue()).isFalse();
    }

    @Test
    void decodesAHeadThatComesOctetByOctet() {
        ByteBuf in = Unpooled.buffer();
        String text = "\r\nGET http://h/x HTTP/1.0\r\nA: b\r\n\r\n";
        RequestHead head = null;
        for (byte octet : text.getBytes(StandardCharsets.US_ASCII)) {
            assertThat(head).isNull();
            head = decoder.decode(in.writeByte(octet));
        }
        Objects.requireNonNull(head);
        assertThat(head.target()).isEqualTo("http://h/x");
        assertThat(head.http10()).isTrue();
        assertThat(head.keepAlive()).isFalse();
    }

    @Test
    void leavesWhatFollowsTheHead() {
        ByteBuf in = octets("GET / HTTP/1.1\r\nHost: h\r\n\r\nrest");
        assertThat(decoder.decode(in)).isNotNull();
        assertThat(in.toString(StandardCharsets.US_ASCII)).isEqualTo("rest");
    }

    @Test
    void startsAfreshWithEachHead() {
        decode("PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nConnection: close\r\n\r\n");
        RequestHead head = decode("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
        assertThat(head.bodyBytes()).isZero();
        assertThat(head.keepAlive()).isTrue();
    }

    @Test
    void readsHeaderValuesAsUtf8AndNeverFailsOnThem() {
        RequestHead head = decode("GET / HTTP/1.1\r\nHost: h\r\nA: \u00e6\u0097\u0085\r\nB: x\u00ffy\r\n\r\n");
        assertThat(head.headers().first("a")).contains("旅");
        assertThat(head.headers().first("b")).contains("x\ufffdy");
    }

    @Test
    void readsTargetsAsUtf8() {
        assertThat(decode("GET /\u00e6\u0097\u0085 HTTP/1.1\r\nHost: h\r\n\r\n").target())
                .isEqualTo("/旅");
    }

    @Test
    void refusesTargetsThatAreNotUtf8() {
        refuses("GET /\u00ff HTTP/1.1\r\nHost: h\r\n\r\n", CosError.INVALID_URI);
    }

    @ParameterizedTest
    @ValueSource(strings = {"get /", "Get /"})
    void refusesMethodsThatCannotBeAnswered(String line) {
        refuses(line + " HTTP/1.1\r\nHost: h\r\n\r\n", CosError.METHOD_NOT_ALLOWED);
    }

    @Test
    void refusesExpectationsItCannotMeet() {
        refuses(
                "PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nExpect: 200-ok\r\n\r\n",
                CosError.EXPECTATION_FAILED);
    }

    @Test
    void takesNoExpectationForNone() {
        assertThat(decode("PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nExpect:\r\n\r\n")
                        .expectsContinue())
                .isFalse();
    }

    @Test
    void expectsAContinueOnlyWithABodyAndInHttp11() {
        String expect = "Expect: 100-Continue\r\n\r\n";
        assertThat(decode("PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\n" + expect)
                        .expectsContinue())
                .isTrue();
        assertThat(decode("PUT / HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n" + expect)
                        .expectsContinue())
                .isFalse();
        assertThat(decode("PUT / HTTP/1.0\r\nContent-Length: 1\r\n" + expect).expectsContinue())
                .isFalse();
    }

    @Test
    void takesRequestLinesUpToTheLimit() {
        String line = "GET /" + "x".repeat(64 - 14) + " HTTP/1.1";
        assertThat(line).hasSize(64);
        assertThat(decode(line + "\r\nHost: h\r\n\r\n").target()).hasSize(51);
        refuses("GET /" + "x".repeat(51) + " HTTP/1.1\r\n", CosError.INVALID_URI);
        refuses("GET /" + "x".repeat(100), CosError.INVALID_URI);
    }

    @Test
    void takesHeadersUpToTheLimit() {
        String head = "GET / HTTP/1.1\r\nHost: h\r\n";
        decode(head + "A: " + "x".repeat(240) + "\r\n\r\n");
        refuses(head + "A: " + "x".repeat(250) + "\r\n\r\n", CosError.BAD_REQUEST);
        refuses(head + "A: " + "x".repeat(300), CosError.BAD_REQUEST);
    }

    @Test
    void takesSoManyHeadersAndNoMore() {
        String head = "GET / HTTP/1.1\r\nHost: h\r\nA:\r\nB:\r\nC:\r\n";
        assertThat(decode(head + "\r\n").headers().all()).hasSize(4);
        refuses(head + "D:\r\n\r\n", CosError.BAD_REQUEST);
    }

    @Test
    void knowsAHeadRequestEvenIfTheRestIsRefused() {
        refuses("HEAD / HTTP/1.1\r\n\r\n", CosError.BAD_REQUEST);
        assertThat(decoder.isHead()).isTrue();
    }

    private void refuses(String text, CosError error) {
        RequestDecoder fresh = new RequestDecoder(LIMITS);
        assertThatThrownBy(() -> fresh.decode(octets(text)))
                .isInstanceOfSatisfying(
                        CosException.class, e -> assertThat(e.error()).isEqualTo(error));
        assertThatThrownBy(() -> decoder.decode(octets(text))).isInstanceOf(CosException.class);
    }

    private RequestHead decode(String text) {
        return Objects.requireNonNull(new RequestDecoder(LIMITS).decode(octets(text)));
    }

    private static ByteBuf octets(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
    }
}
