package coffer.address;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.PercentCode;
import java.util.Optional;

/**
 * The value of x-cos-copy-source. Source: COS API reference, "PUT Object - Copy".
 *
 * @param bucket full bucket name
 * @param key decoded once
 * @param versionId what follows the last {@code ?versionId=}, decoded
 */
public record CopySource(String bucket, String key, Optional<String> versionId) {
    private static final String VERSION = "?versionId=";

    /**
     * Reads {@code <bucket host>/<key>}, {@code <bucket>/<key>} or {@code /<bucket>/<key>}. SDKs write real COS hosts
     * even when they talk to a custom endpoint, so the bucket is the first label whatever follows.
     *
     * @throws CosException {@code InvalidCopySource}
     */
    public static CopySource parse(String text) {
        String source = withoutSlash(text);
        int slash = source.indexOf('/');
        if (slash <= 0) {
            throw CosError.INVALID_COPY_SOURCE.exception();
        }
        String host = source.substring(0, slash);
        String rest = source.substring(slash + 1);
        int version = rest.lastIndexOf(VERSION);
        try {
            String key = PercentCode.decodePath(version < 0 ? rest : rest.substring(0, version));
            Optional<String> versionId = version < 0
                    ? Optional.empty()
                    : Optional.of(PercentCode.decodePath(rest.substring(version + VERSION.length())))
                            .filter(id -> !id.isEmpty());
            if (key.isEmpty()) {
                throw CosError.INVALID_COPY_SOURCE.exception();
            }
            return new CopySource(bucket(host), key, versionId);
        } catch (CosException e) {
            throw CosError.INVALID_COPY_SOURCE.exception();
        }
    }

    /** Names that S3 clients gave may have dots themselves. */
    private static String bucket(String host) {
        int dot = host.indexOf('.');
        boolean isDottedName = Address.hasAppId(host) && !Address.hasAppId(host.substring(0, Math.max(dot, 0)));
        return dot < 0 || isDottedName ? host : host.substring(0, dot);
    }

    /** What stands for the bucket in a source, as it is written there. */
    public static String bucketPart(String text) {
        String source = withoutSlash(text);
        int slash = source.indexOf('/');
        return slash < 0 ? source : source.substring(0, slash);
    }

    /** The same source in another bucket. */
    public static String inBucket(String text, String bucket) {
        String source = withoutSlash(text);
        int slash = source.indexOf('/');
        return slash < 0 ? source : bucket + source.substring(slash);
    }

    private static String withoutSlash(String text) {
        String source = text.regionMatches(true, 0, "%2F", 0, 3) ? text.substring(3) : text;
        return source.startsWith("/") ? source.substring(1) : source;
    }
}
