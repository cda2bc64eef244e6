package coffer.conformance.sdk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.Account;
import coffer.conformance.RequestSignature;
import coffer.conformance.SharedCoffer;
import coffer.conformance.Shows;
import coffer.conformance.TestBucket;
import coffer.conformance.Web;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** POST Object: what a browser's form sends. */
@Shows("PostObject")
@ExtendWith(SharedCoffer.class)
class PostObjectIT {
    private static final String BOUNDARY = "----conformance7d1f";

    @Test
    void storesTheFileUnderTheKey(TestBucket bucket) {
        HttpResponse<byte[]> answer = post(bucket, form(bucket, "docs/a.txt"), "hello");
        assertThat(answer.statusCode()).as(new String(answer.body(), UTF_8)).isEqualTo(204);
        assertThat(answer.headers().firstValue("ETag")).contains("\"5d41402abc4b2a76b9719d911017c592\"");
        assertThat(answer.headers().firstValue("Location")).contains("http://" + bucket.host() + "/docs/a.txt");
        assertThat(answer.headers().firstValue("x-cos-hash-crc64ecma")).isPresent();
        assertThat(bucket.text("docs/a.txt")).isEqualTo("hello");
    }

    @Test
    void putsTheNameOfTheFileIntoTheKey(TestBucket bucket) {
        post(bucket, form(bucket, "docs/${filename}"), "hello");
        assertThat(bucket.text("docs/photo 旅.txt")).isEqualTo("hello");
    }

    @Test
    void keepsHeadersGivenAsFields(TestBucket bucket) {
        Map<String, String> form = form(bucket, "k");
        form.put("Content-Type", "text/css");
        form.put("x-cos-meta-colour", "red");
        form.put("x-cos-storage-class", "STANDARD_IA");
        assertThat(post(bucket, form, "hello").statusCode()).isEqualTo(204);
        var head = bucket.cos().getObjectMetadata(bucket.name(), "k");
        assertThat(head.getContentType()).isEqualTo("text/css");
        assertThat(head.getUserMetadata()).containsEntry("colour", "red");
        assertThat(head.getStorageClass()).isEqualTo("STANDARD_IA");
    }

    @Test
    void encryptsAsTheFormAsks(TestBucket bucket) {
        Map<String, String> form = form(bucket, "k");
        form.put("x-cos-server-side-encryption", "cos/kms");
        HttpResponse<byte[]> answer = post(bucket, form, "hello");
        assertThat(answer.statusCode()).as(new String(answer.body(), UTF_8)).isEqualTo(204);
        assertThat(answer.headers().firstValue("x-cos-server-side-encryption")).contains("cos/kms");
        assertThat(answer.headers().firstValue("x-cos-server-side-encryption-cos-kms-key-id"))
                .contains("k1");
        assertThat(bucket.cos().getObjectMetadata(bucket.name(), "k").getRawMetadata())
                .containsEntry("x-cos-server-side-encryption", "cos/kms");
        assertThat(bucket.text("k")).isEqualTo("hello");
    }

    @Test
    void answersTheStatusAskedFor(TestBucket bucket) {
        Map<String, String> form = form(bucket, "k");
        form.put("success_action_status", "200");
        assertThat(post(bucket, form, "hello").statusCode()).isEqualTo(200);
        form.put("success_action_status", "201");
        HttpResponse<byte[]> created = post(bucket, form, "hello");
        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(new String(created.body(), UTF_8)).contains("<PostResponse>", "<Key>k</Key>");
        form.put("success_action_status", "418");
        assertThat(post(bucket, form, "hello").statusCode()).isEqualTo(204);
    }

    @Test
    void redirectsWhenAskedTo(TestBucket bucket) {
        Map<String, String> form = form(bucket, "a b");
        form.put("success_action_redirect", "http://example.org/done?x=1");
        HttpResponse<byte[]> answer = post(bucket, form, "hello");
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location").orElseThrow())
                .startsWith("http://example.org/done?x=1&bucket=" + bucket.name())
                .contains("key=a%20b", "etag=%225d41402abc4b2a76b9719d911017c592%22");
    }

    @Test
    void refusesAForgedPolicy(TestBucket bucket) {
        Map<String, String> form = form(bucket, "k");
        form.put("q-signature", "0".repeat(40));
        assertRefused(bucket, form, 403, "SignatureDoesNotMatch");
    }

    @Test
    void refusesWhatThePolicyForbids(TestBucket bucket) {
        Map<String, String> form = signed(
                policy(Instant.now().plusSeconds(600), "[\"starts-with\",\"$key\",\"uploads/\"]"), "elsewhere/k");
        assertRefused(bucket, form, 403, "AccessDenied");
    }

    @Test
    void refusesAnExpiredPolicy(TestBucket bucket) {
        Map<String, String> form =
                signed(policy(Instant.now().minusSeconds(5), "{\"bucket\":\"" + bucket.name() + "\"}"), "k");
        assertRefused(bucket, form, 403, "AccessDenied");
    }

    @Test
    void refusesAFileOfTheWrongSize(TestBucket bucket) {
        Map<String, String> form =
                signed(policy(Instant.now().plusSeconds(600), "[\"content-length-range\",1,4]"), "k");
        assertRefused(bucket, form, 400, "EntityTooLarge");
        Map<String, String> larger =
                signed(policy(Instant.now().plusSeconds(600), "[\"content-length-range\",6,100]"), "k");
        assertRefused(bucket, larger, 400, "EntityTooSmall");
    }

    @Test
    void refusesAPolicyThatIsNone(TestBucket bucket) {
        assertRefused(bucket, signed("{not json", "k"), 400, "InvalidPolicyDocument");
    }

    @Test
    void refusesStrangers(TestBucket bucket) {
        assertRefused(bucket, new LinkedHashMap<>(Map.of("key", "k")), 403, "AccessDenied");
    }

    @Test
    void archivesAsTheFormAsks(TestBucket bucket) {
        Map<String, String> form = form(bucket, "k");
        form.put("x-cos-storage-class", "Archive");
        assertThat(post(bucket, form, "hello").statusCode()).isEqualTo(204);
        assertThat(bucket.exchange("GET", "/k").errorCode()).isEqualTo("InvalidObjectState");
    }

    @Test
    void refusesABodyThatIsNoForm(TestBucket bucket) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://" + bucket.host() + "/"))
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(BodyPublishers.ofString("no parts at all"));
        HttpResponse<byte[]> answer = send(bucket, request);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(new String(answer.body(), UTF_8)).contains("MalformedPOSTRequest");
    }

    private static void assertRefused(TestBucket bucket, Map<String, String> form, int status, String code) {
        HttpResponse<byte[]> answer = post(bucket, form, "hello");
        assertThat(answer.statusCode()).as(new String(answer.body(), UTF_8)).isEqualTo(status);
        assertThat(new String(answer.body(), UTF_8)).contains("<Code>" + code + "</Code>");
        assertThat(bucket.cos().listObjects(bucket.name()).getObjectSummaries()).isEmpty();
    }

    static Map<String, String> form(TestBucket bucket, String key) {
        return signed(policy(Instant.now().plusSeconds(600), "{\"bucket\":\"" + bucket.name() + "\"}"), key);
    }

    private static String policy(Instant expiration, String condition) {
        return "{\"expiration\":\"" + expiration + "\",\"conditions\":[" + condition
                + ",{\"q-sign-algorithm\":\"sha1\"},{\"q-ak\":\"" + Account.SECRET_ID + "\"},{\"q-sign-time\":\""
                + key().keyTime() + "\"}]}";
    }

    private static Map<String, String> signed(String policy, String key) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("key", key);
        form.put("policy", Base64.getEncoder().encodeToString(policy.getBytes(UTF_8)));
        form.put("q-sign-algorithm", "sha1");
        form.put("q-ak", Account.SECRET_ID);
        form.put("q-key-time", key().keyTime());
        form.put("q-signature", key().ofPolicy(policy));
        return form;
    }

    private static RequestSignature key() {
        // A fixed interval: the policy and the form must name the same.
        return new RequestSignature(Account.SECRET_ID, Account.SECRET_KEY, "1770019200;4102444800");
    }

    static HttpResponse<byte[]> post(TestBucket bucket, Map<String, String> fields, String file) {
        StringBuilder form = new StringBuilder();
        fields.forEach((name, value) -> form.append("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"")
                .append(name)
                .append("\"\r\n\r\n")
                .append(value)
                .append("\r\n"));
        form.append("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"photo 旅.txt\"\r\n")
                .append("Content-Type: text/ignored\r\n\r\n")
                .append(file)
                .append("\r\n--" + BOUNDARY + "--\r\n");
        return send(
                bucket,
                HttpRequest.newBuilder(URI.create("http://" + bucket.host() + "/"))
                        .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                        .POST(BodyPublishers.ofString(form.toString())));
    }

    private static HttpResponse<byte[]> send(TestBucket bucket, HttpRequest.Builder request) {
        try (Web web = Web.of(bucket.server())) {
            return web.send(request);
        }
    }
}
