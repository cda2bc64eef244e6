package coffer.address;

import java.util.Optional;

/**
 * What a request is addressed to.
 *
 * @param kind which of the hosts of COS
 * @param bucket full bucket name, not yet validated
 * @param region as the host names it; empty if it names none
 * @param host as the client wrote it, with its port if it has one
 * @param path the decoded path with its leading slash, as it is signed
 * @param key the decoded object key; empty for the bucket itself
 */
public record Address(
        Kind kind, Optional<String> bucket, Optional<String> region, String host, String path, String key) {
    /** The kinds of hosts. Source: COS docs, "Regions and Access Endpoints". */
    public enum Kind {
        /** All buckets of the caller. */
        SERVICE,
        /** A bucket and the objects in it. */
        BUCKET,
        /** A bucket as a static website. */
        WEBSITE,
        /** The batch jobs of an account. */
        CONTROL,
        /** Fetching from other servers. */
        MIGRATION,
        /** Image, media and document processing. */
        DATA_PROCESSING
    }
}
