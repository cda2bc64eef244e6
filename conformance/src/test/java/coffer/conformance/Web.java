package coffer.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** A plain HTTP client that takes the server for its forward proxy, so that URLs with real COS names reach it. */
public final class Web implements AutoCloseable {
    private final HttpClient client;

    private Web(HttpClient client) {
        this.client = client;
    }

    /** A client of one server. Redirects are not followed. */
    public static Web of(CofferProcess server) {
        return new Web(HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .proxy(ProxySelector.of(server.address()))
                .connectTimeout(Duration.ofSeconds(20))
                .build());
    }

    /** Sends a request; gives up after a minute. */
    public HttpResponse<byte[]> send(HttpRequest.Builder request) {
        try {
            return client.send(request.timeout(Duration.ofMinutes(1)).build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
