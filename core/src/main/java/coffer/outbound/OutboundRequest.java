package coffer.outbound;

import coffer.api.Headers;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * A request of the server.
 *
 * @param method in upper case
 * @param uri absolute, {@code http} or {@code https}
 * @param headers without {@code Host} (unless it is to differ from that of the URI) and {@code Content-Length}
 * @param body read once
 * @param patience how long to wait for the answer and then for each further byte of it
 * @param followsRedirects whether to go where a 3xx points to, at most {@value #MOST_REDIRECTS} times, if there is no body
 */
public record OutboundRequest(
        String method, URI uri, Headers headers, Optional<Body> body, Duration patience, boolean followsRedirects) {
    /** Further redirects are an error. */
    public static final int MOST_REDIRECTS = 5;

    /**
     * What is sent. Who made the stream closes it.
     *
     * @param bytes how many it has
     */
    public record Body(InputStream in, long bytes) {}

    /**
     * A request.
     *
     * @throws OutboundException {@code REFUSED} if the URI names no host or is not of HTTP
     */
    public OutboundRequest {
        boolean isHttp = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
        if (!isHttp || uri.getHost() == null) {
            throw OutboundException.refused("Requests go to http://HOST or https://HOST only.");
        }
    }

    /** A request without a body. */
    public static OutboundRequest of(String method, URI uri, Headers headers, Duration patience) {
        return new OutboundRequest(method, uri, headers, Optional.empty(), patience, false);
    }

    /** The same with a body from memory. */
    public OutboundRequest with(byte[] bytes) {
        return with(new Body(new ByteArrayInputStream(bytes), bytes.length));
    }

    /** The same with a body. */
    public OutboundRequest with(Body sent) {
        return new OutboundRequest(method, uri, headers, Optional.of(sent), patience, followsRedirects);
    }

    /** The same, going where it is sent to. */
    public OutboundRequest followingRedirects() {
        return new OutboundRequest(method, uri, headers, body, patience, true);
    }

    /** Without query and headers, which may hold credentials. */
    @Override
    public String toString() {
        return method + " " + uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath();
    }
}
