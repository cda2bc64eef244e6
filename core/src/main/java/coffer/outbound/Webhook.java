package coffer.outbound;

import java.net.URI;

/**
 * Who hears of what happens in buckets.
 *
 * @param secret that messages to it are signed with; never shown or logged
 */
public record Webhook(String name, URI url, byte[] secret) {
    /** Without the secret and the URL, which may hold another one. */
    @Override
    public String toString() {
        return "webhook " + name;
    }
}
