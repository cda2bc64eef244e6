package coffer.batch;

import coffer.api.CosError;
import coffer.api.CosException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How jobs name buckets and objects: {@code qcs::cos:<region>::<bucket>/<key>}, with {@code uid/<APPID>} between the colons or
 * not. Source: COS API reference, "Batch operations, common elements"; the Go SDK.
 *
 * @param bucket its full name
 * @param key empty for a bucket
 */
record CosArn(String region, String bucket, String key) {
    private static final Pattern FORM = Pattern.compile(
            "qcs::cos:([a-z0-9-]{1,40}):(?:uid/[0-9]{1,20})?:([a-z0-9.-]{1,90})(?:/(.*))?", Pattern.DOTALL);

    /**
     * Reads the name of a bucket.
     *
     * @param name of the element, for the message
     * @throws CosException {@code InvalidRequest}
     */
    static CosArn ofBucket(String name, String text) {
        CosArn arn = parse(name, text);
        if (!arn.key.isEmpty()) {
            throw CosError.INVALID_REQUEST.because(name + " names an object, not a bucket.");
        }
        return arn;
    }

    /** Reads the name of an object, see {@link #ofBucket}. */
    static CosArn ofObject(String name, String text) {
        CosArn arn = parse(name, text);
        if (arn.key.isEmpty()) {
            throw CosError.INVALID_REQUEST.because(name + " names a bucket, not an object.");
        }
        return arn;
    }

    private static CosArn parse(String name, String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw CosError.INVALID_REQUEST.because(
                    name + " must be qcs::cos:<region>::<bucket name>-<APPID>, of an object with /<key> behind it.");
        }
        return new CosArn(matcher.group(1), matcher.group(2), matcher.group(3) == null ? "" : matcher.group(3));
    }
}
