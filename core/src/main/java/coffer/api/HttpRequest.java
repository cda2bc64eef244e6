package coffer.api;

import java.util.Optional;

/**
 * A request as the HTTP server decoded it, before anything is known of its meaning.
 *
 * @param method upper case
 * @param target as it stood on the request line: origin form, or absolute form from clients that take us for a proxy
 * @param headers all header lines
 * @param body what follows; may still be on its way
 * @param remoteAddress the peer's IP address in text
 * @param tlsVersion for instance {@code 1.3}; empty if it did not come over TLS
 */
public record HttpRequest(
        String method,
        String target,
        Headers headers,
        RequestBody body,
        String remoteAddress,
        Optional<String> tlsVersion) {

    /** Whether it came over TLS. */
    public boolean secure() {
        return tlsVersion.isPresent();
    }
}
