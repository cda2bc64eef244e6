package coffer.accesslog;

import static java.nio.charset.StandardCharsets.UTF_8;

import coffer.address.ObjectKey;
import coffer.api.CosError;
import coffer.api.CosException;

/**
 * Where the requests of a bucket are logged.
 *
 * @param bucket the full name of the bucket that logs are written into
 * @param prefix what their keys begin with; may be empty
 * @param format what a line looks like
 * @param keys what their keys look like
 */
public record LogTarget(String bucket, String prefix, LogFormat format, LogKeys keys) {
    /** So that the longest key still is one. */
    private static final int MAX_PREFIX_BYTES = 512;

    /**
     * Checks the prefix.
     *
     * @throws CosException {@code LoggingPrefixInvalid}
     */
    public LogTarget {
        if (prefix.getBytes(UTF_8).length > MAX_PREFIX_BYTES) {
            throw CosError.LOGGING_PREFIX_INVALID.because(
                    "TargetPrefix can have " + MAX_PREFIX_BYTES + " bytes of UTF-8 at most.");
        }
        try {
            ObjectKey.check(prefix + "x");
        } catch (CosException e) {
            throw CosError.LOGGING_PREFIX_INVALID.because("TargetPrefix cannot begin the key of an object.");
        }
    }

    /** The same in another bucket. */
    public LogTarget in(String otherBucket) {
        return new LogTarget(otherBucket, prefix, format, keys);
    }
}
