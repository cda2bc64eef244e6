package coffer.awssignature;

import java.time.Instant;

/**
 * Signs the pieces of a body, each over the one before. One thread at a time. Source: S3 API reference, "Signature
 * Calculations for the Authorization Header: Transferring Payload in Multiple Chunks", "... Including trailing headers".
 */
final class ChunkSigner {
    private final byte[] key;
    private final String prefix;
    private String previous;

    /** @param seed the signature of the request */
    ChunkSigner(byte[] key, Instant time, Scope scope, String seed) {
        this.key = key;
        this.prefix = AwsTime.compact(time) + "\n" + scope.text() + "\n";
        this.previous = seed;
    }

    /**
     * The signature of the next chunk.
     *
     * @param digest the SHA-256 of its bytes in hex
     */
    String chunk(String digest) {
        previous = AwsHmac.sha256Hex(
                key, "AWS4-HMAC-SHA256-PAYLOAD\n" + prefix + previous + "\n" + AwsHmac.EMPTY_DIGEST + "\n" + digest);
        return previous;
    }

    /**
     * The signature of what follows the last chunk.
     *
     * @param lines {@code name:value} and a line feed for each header
     */
    String trailer(String lines) {
        return AwsHmac.sha256Hex(key, "AWS4-HMAC-SHA256-TRAILER\n" + prefix + previous + "\n" + AwsHmac.digest(lines));
    }
}
