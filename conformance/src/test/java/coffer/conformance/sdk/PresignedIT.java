package coffer.conformance.sdk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.SharedCoffer;
import coffer.conformance.TestBucket;
import coffer.conformance.Web;
import com.qcloud.cos.http.HttpMethodName;
import com.qcloud.cos.model.GeneratePresignedUrlRequest;
import com.qcloud.cos.model.ResponseHeaderOverrides;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** URLs that carry their signature, used by a client that knows nothing of COS, through the server as a proxy. */
@ExtendWith(SharedCoffer.class)
class PresignedIT {
    @ParameterizedTest
    @ValueSource(strings = {"k", "a b/c+d", "旅行/😀", "100%", "a//b", "q?x=1&y#z"})
    void putsGetsAndDeletes(String key, TestBucket bucket) {
        URI put = url(bucket, key, HttpMethodName.PUT);
        assertThat(send(bucket, HttpRequest.newBuilder(put).PUT(BodyPublishers.ofString("text")))
                        .statusCode())
                .isEqualTo(200);
        URI get = url(bucket, key, HttpMethodName.GET);
        assertThat(send(bucket, HttpRequest.newBuilder(get)).body())
                .asString(UTF_8)
                .isEqualTo("text");
        URI head = url(bucket, key, HttpMethodName.HEAD);
        HttpResponse<byte[]> answer = send(bucket, HttpRequest.newBuilder(head).HEAD());
        assertThat(answer.headers().firstValue("Content-Length")).contains("4");
        URI delete = url(bucket, key, HttpMethodName.DELETE);
        assertThat(send(bucket, HttpRequest.newBuilder(delete).DELETE()).statusCode())
                .isEqualTo(204);
        assertThat(bucket.cos().doesObjectExist(bucket.name(), key)).isFalse();
    }

    @Test
    void isGoodForOneMethodOnly(TestBucket bucket) {
        bucket.put("k", "text");
        URI get = url(bucket, "k", HttpMethodName.GET);
        HttpResponse<byte[]> answer = send(bucket, HttpRequest.newBuilder(get).DELETE());
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).asString(UTF_8).contains("<Code>SignatureDoesNotMatch</Code>");
        assertThat(bucket.text("k")).isEqualTo("text");
    }

    @Test
    void isGoodForOneKeyOnly(TestBucket bucket) {
        bucket.put("other", "secret");
        String url = url(bucket, "k", HttpMethodName.GET).toString().replace("/k?", "/other?");
        assertThat(send(bucket, HttpRequest.newBuilder(URI.create(url))).statusCode())
                .isEqualTo(403);
    }

    @Test
    void expires(TestBucket bucket) throws InterruptedException {
        bucket.put("k", "text");
        GeneratePresignedUrlRequest request = new GeneratePresignedUrlRequest(bucket.name(), "k");
        request.setExpiration(Date.from(Instant.now().plusSeconds(1)));
        URI url = URI.create(bucket.cos().generatePresignedUrl(request).toString());
        Thread.sleep(Duration.ofSeconds(3));
        HttpResponse<byte[]> answer = send(bucket, HttpRequest.newBuilder(url));
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).asString(UTF_8).contains("Request has expired");
    }

    @Test
    void overridesHeadersOfTheAnswer(TestBucket bucket) {
        bucket.put("k", "text");
        GeneratePresignedUrlRequest request = new GeneratePresignedUrlRequest(bucket.name(), "k");
        ResponseHeaderOverrides overrides = new ResponseHeaderOverrides();
        overrides.setContentType("text/html; charset=utf-8");
        overrides.setContentLanguage("en");
        overrides.setExpires("Tue, 03 Feb 2032 01:02:03 GMT");
        overrides.setCacheControl("no-store");
        overrides.setContentDisposition("attachment; filename=\"晚餐 (1).jpg\"".replace("晚餐", "dinner"));
        overrides.setContentEncoding("identity");
        request.setResponseHeaders(overrides);
        URI url = URI.create(bucket.cos().generatePresignedUrl(request).toString());
        HttpResponse<byte[]> answer = send(bucket, HttpRequest.newBuilder(url));
        assertThat(answer.statusCode()).as(new String(answer.body(), UTF_8)).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(answer.headers().firstValue("Content-Language")).contains("en");
        assertThat(answer.headers().firstValue("Expires")).contains("Tue, 03 Feb 2032 01:02:03 GMT");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(answer.headers().firstValue("Content-Disposition"))
                .contains("attachment; filename=\"dinner (1).jpg\"");
        assertThat(answer.headers().firstValue("Content-Encoding")).contains("identity");
    }

    @Test
    void aSignedOverrideMustNotBeChanged(TestBucket bucket) {
        bucket.put("k", "text");
        Map<String, String> parameters = Map.of("response-content-type", "text/plain");
        String url = bucket.cos()
                .generatePresignedUrl(bucket.name(), "k", soon(), HttpMethodName.GET, Map.of(), parameters)
                .toString();
        assertThat(send(bucket, HttpRequest.newBuilder(URI.create(url))).statusCode())
                .isEqualTo(200);
        URI changed = URI.create(url.replace("text%2Fplain", "text%2Fhtml"));
        assertThat(send(bucket, HttpRequest.newBuilder(changed)).statusCode()).isEqualTo(403);
    }

    /** The whole credential as one parameter, as older programs make it. */
    @Test
    void mayBeOneParameterNamedSign(TestBucket bucket) {
        bucket.put("k", "text");
        String url = bucket.cos()
                .generatePresignedUrl(bucket.name(), "k", soon(), HttpMethodName.GET, Map.of(), Map.of(), true, true)
                .toString();
        assertThat(url).contains("?sign=q-sign-algorithm");
        assertThat(send(bucket, HttpRequest.newBuilder(URI.create(url))).body())
                .asString(UTF_8)
                .isEqualTo("text");
    }

    @Test
    void needNotSignTheHost(TestBucket bucket) {
        bucket.put("k", "text");
        String url = bucket.cos()
                .generatePresignedUrl(bucket.name(), "k", soon(), HttpMethodName.GET, Map.of(), Map.of(), false, false)
                .toString();
        assertThat(send(bucket, HttpRequest.newBuilder(URI.create(url))).statusCode())
                .isEqualTo(200);
    }

    private static Date soon() {
        return Date.from(Instant.now().plusSeconds(600));
    }

    private static URI url(TestBucket bucket, String key, HttpMethodName method) {
        return URI.create(bucket.cos()
                .generatePresignedUrl(bucket.name(), key, soon(), method)
                .toString());
    }

    private static HttpResponse<byte[]> send(TestBucket bucket, HttpRequest.Builder request) {
        try (Web web = Web.of(bucket.server())) {
            return web.send(request);
        }
    }
}
