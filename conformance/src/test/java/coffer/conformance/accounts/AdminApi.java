package coffer.conformance.accounts;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.CofferProcess;
import coffer.conformance.JavaSdk;
import coffer.conformance.Scratch;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.qcloud.cos.COSClient;
import com.qcloud.cos.auth.BasicCOSCredentials;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A server with its admin API, and an administrator's client of it. */
public final class AdminApi implements AutoCloseable {
    /** What the server is given as {@code COFFER_ADMIN_TOKEN}. */
    public static final String TOKEN = "conformance-admin-token";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final CofferProcess server;
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<COSClient> clients = new ArrayList<>();

    private AdminApi(CofferProcess server) {
        this.server = server;
    }

    /** An administrator's client of a server that runs, and knows {@link #TOKEN}; closed with it. */
    public static AdminApi of(CofferProcess server) {
        return new AdminApi(server);
    }

    static AdminApi start() {
        return start(Map.of());
    }

    /** With a clock that can be moved. */
    public static AdminApi startInDevelopment() {
        return startInDevelopment(Map.of());
    }

    /** As {@link #startInDevelopment()}, with these variables added to its environment. */
    public static AdminApi startInDevelopment(Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(environment);
        all.put("COFFER_DEV", "true");
        return start(all);
    }

    /** With a clock that can be moved, and with requests of the server let out to this machine. */
    public static AdminApi startReachingOut() {
        return start(Map.of("COFFER_DEV", "true", "COFFER_OUTBOUND_ALLOW", "127.0.0.1"));
    }

    private static AdminApi start(Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(environment);
        all.put("COFFER_ADMIN_LISTEN", "127.0.0.1:0");
        all.put("COFFER_ADMIN_TOKEN", TOKEN);
        return new AdminApi(CofferProcess.start(Scratch.directory("accounts-").resolve("data"), all));
    }

    /** Moves the clock, and waits for what falls due. */
    public void advance(String time) {
        assertThat(call("POST", "/clock", "{\"advance\":\"" + time + "\"}")
                        .get("settled")
                        .asBoolean())
                .isTrue();
    }

    /** How far a worker has come. */
    public JsonNode figures(String worker) {
        for (JsonNode found : call("GET", "/workers").get("workers")) {
            if (found.get("name").asText().equals(worker)) {
                return found.get("figures");
            }
        }
        throw new AssertionError("there is no worker " + worker);
    }

    /** A key that was just made. */
    public record Key(String secretId, String secretKey) {
        @Override
        public String toString() {
            return secretId;
        }
    }

    /** Its server. */
    public CofferProcess server() {
        return server;
    }

    /** Calls the API; what is refused fails the test. */
    public JsonNode call(String method, String path, String body) {
        HttpResponse<String> response = send(server.adminUrl(), method, path, body);
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
        return json(response);
    }

    /** Asks all servers that work on the store; the answers of those that have one. */
    public List<JsonNode> ask(String path) {
        return server.adminUrls().stream()
                .map(url -> send(url, "GET", path, ""))
                .filter(response -> response.statusCode() == 200)
                .map(AdminApi::json)
                .toList();
    }

    private HttpResponse<String> send(String url, String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/admin/v1" + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .header("Authorization", "Bearer " + TOKEN)
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode json(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body().isEmpty() ? "{}" : response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same without a body. */
    public JsonNode call(String method, String path) {
        return call(method, path, "");
    }

    /** Makes an account; its APPID. */
    public String account(String name) {
        return call("POST", "/accounts", "{\"name\":\"" + name + "\"}")
                .get("appId")
                .asText();
    }

    /** Makes a user; his UIN. */
    public String user(String appId, String name) {
        return call("POST", "/accounts/" + appId + "/users", "{\"name\":\"" + name + "\"}")
                .get("uin")
                .asText();
    }

    void policy(String appId, String name, String statements) {
        call(
                "PUT",
                "/accounts/" + appId + "/policies/" + name,
                "{\"document\":{\"version\":\"2.0\",\"statement\":[" + statements + "]}}");
    }

    /** Attaches a policy to a user. */
    public void attach(String appId, String user, String policy) {
        call("PUT", "/accounts/" + appId + "/users/" + user + "/policies/" + policy);
    }

    /** Makes a key of an account's root user. */
    public Key rootKey(String appId) {
        return key(appId, "{}");
    }

    /** Makes a key of a user. */
    public Key userKey(String appId, String user) {
        return key(appId, "{\"user\":\"" + user + "\"}");
    }

    private Key key(String appId, String body) {
        JsonNode made = call("POST", "/accounts/" + appId + "/keys", body);
        return new Key(made.get("secretId").asText(), made.get("secretKey").asText());
    }

    /** A client of the COS API, which ends with this. */
    public COSClient cos(Key key) {
        COSClient cos = JavaSdk.client(server, new BasicCOSCredentials(key.secretId, key.secretKey));
        clients.add(cos);
        return cos;
    }

    @Override
    public void close() {
        clients.forEach(COSClient::shutdown);
        client.close();
        server.close();
    }
}
