package coffer.outbound;

import java.net.URI;

/**
 * Another store, which an account calls by the name of a region.
 *
 * @param endpoint scheme, host and port
 * @param dialect what it speaks
 * @param pathStyle whether buckets stand in its paths instead of its host names
 * @param signingRegion the region that signatures of S3 name
 * @param secretKey never shown or logged
 */
public record RemoteStore(
        String region,
        URI endpoint,
        Dialect dialect,
        boolean pathStyle,
        String signingRegion,
        String secretId,
        String secretKey) {
    /** What stores speak. */
    public enum Dialect {
        COS,
        S3
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "remote store " + region;
    }
}
