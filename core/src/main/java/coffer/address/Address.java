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
    /** An APPID in practice has ten digits; fewer than this are more likely part of another name. */
    private static final int MIN_APPID_DIGITS = 5;

    /** Whether a bucket is named as COS names them, with an APPID behind. */
    public static boolean hasAppId(String bucket) {
        int hyphen = bucket.lastIndexOf('-');
        return hyphen > 0
                && bucket.length() - hyphen - 1 >= MIN_APPID_DIGITS
                && bucket.chars().skip(hyphen + 1L).allMatch(c -> c >= '0' && c <= '9');
    }

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
