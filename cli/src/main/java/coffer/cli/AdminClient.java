package coffer.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import coffer.api.Headers;
import coffer.api.PercentCode;
import coffer.signature.RequestSigner;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Calls the admin API. */
final class AdminClient {
    private static final String BASE = "/admin/v1";
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(10);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(60);
    private static final int SKEW_SECONDS = 60;
    private static final int VALID_SECONDS = 600;

    private static final JsonMapper JSON = new JsonMapper();

    private final URI server;
    private final Optional<SSLContext> trust;
    private final Credentials credentials;
    private final InstantSource clock;

    /** What the caller shows of himself. */
    sealed interface Credentials {
        record Token(String text) implements Credentials {
            @Override
            public String toString() {
                return "Token";
            }
        }

        record Key(String secretId, String secretKey) implements Credentials {
            @Override
            public String toString() {
                return secretId;
            }
        }
    }

    /**
     * A client of one server.
     *
     * @param trust whom it believes by https; empty for those that Java trusts
     */
    AdminClient(URI server, Optional<SSLContext> trust, Credentials credentials, InstantSource clock) {
        this.server = server;
        this.trust = trust;
        this.credentials = credentials;
        this.clock = clock;
    }

    /** One more step of a path, encoded. */
    static String step(String text) {
        return "/" + PercentCode.encode(text);
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JacksonException e) {
            throw Failure.usage("This is not JSON: " + e.getOriginalMessage());
        }
    }

    static String pretty(JsonNode document) {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document);
    }

    JsonNode get(String path) {
        return call("GET", path, Optional.empty());
    }

    JsonNode post(String path, JsonNode body) {
        return call("POST", path, Optional.of(body));
    }

    JsonNode put(String path) {
        return call("PUT", path, Optional.empty());
    }

    JsonNode put(String path, JsonNode body) {
        return call("PUT", path, Optional.of(body));
    }

    JsonNode patch(String path, JsonNode body) {
        return call("PATCH", path, Optional.of(body));
    }

    JsonNode delete(String path) {
        return call("DELETE", path, Optional.empty());
    }

    /**
     * Sends a request.
     *
     * @param path behind {@code /admin/v1}, encoded, perhaps with a query
     * @return the answer; an empty object if there is none
     * @throws Failure if it is refused or nobody answers
     */
    private JsonNode call(String method, String path, Optional<JsonNode> body) {
        HttpRequest.BodyPublisher publisher = body.map(
                        document -> HttpRequest.BodyPublishers.ofString(document.toString()))
                .orElseGet(HttpRequest.BodyPublishers::noBody);
        HttpRequest request = HttpRequest.newBuilder(server.resolve(BASE + path))
                .method(method, publisher)
                .timeout(ANSWER_WITHIN)
                .header("Authorization", authorization(method, BASE + path))
                .header("Content-Type", "application/json")
                .build();
        HttpClient.Builder builder =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT_WITHIN);
        trust.ifPresent(builder::sslContext);
        try (HttpClient client = builder.build()) {
            return answer(client.send(request, HttpResponse.BodyHandlers.ofString(UTF_8)));
        } catch (SSLException e) {
            throw Failure.cannotConnect(server + " cannot be trusted (" + e.getMessage()
                    + "). Does it speak https, and is its CA in the file of --cacert?");
        } catch (IOException e) {
            throw Failure.cannotConnect("Nobody answers on " + server + " ("
                    + Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName())
                    + "). Is the server running, and is this the address of its --admin-listen?");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.refused("Interrupted.");
        }
    }

    private static JsonNode answer(HttpResponse<String> response) {
        JsonNode document;
        try {
            document = response.body().isEmpty() ? object() : JSON.readTree(response.body());
        } catch (JacksonException e) {
            throw Failure.refused("The answer is no JSON: this is not the admin API of Coffer.");
        }
        if (response.statusCode() / 100 != 2) {
            JsonNode error = document.path("error");
            throw Failure.refused(error.path("message").asString("The server answered " + response.statusCode() + ".")
                    + " (" + error.path("code").asString(Integer.toString(response.statusCode())) + ", request "
                    + document.path("requestId").asString("unknown") + ")");
        }
        return document;
    }

    private String authorization(String method, String pathAndQuery) {
        return switch (credentials) {
            case Credentials.Token token -> "Bearer " + token.text;
            case Credentials.Key key -> {
                long now = clock.instant().getEpochSecond();
                int mark = pathAndQuery.indexOf('?');
                String path = mark < 0 ? pathAndQuery : pathAndQuery.substring(0, mark);
                List<Headers.Header> parameters = new ArrayList<>();
                if (mark >= 0) {
                    for (String pair : pathAndQuery.substring(mark + 1).split("&", -1)) {
                        int equals = pair.indexOf('=');
                        parameters.add(new Headers.Header(
                                PercentCode.decodeForm(pair.substring(0, equals)),
                                PercentCode.decodeForm(pair.substring(equals + 1))));
                    }
                }
                yield new RequestSigner(key.secretId, key.secretKey)
                        .sign(
                                new RequestSigner.Request(
                                        method,
                                        PercentCode.decodePath(path),
                                        parameters,
                                        List.of(new Headers.Header("host", host()))),
                                now - SKEW_SECONDS,
                                now + VALID_SECONDS)
                        .authorization();
            }
        };
    }

    /** As the HTTP client of the Java platform sends it. */
    private String host() {
        return server.getPort() < 0 ? server.getHost() : server.getHost() + ":" + server.getPort();
    }
}
