package coffer.address;

import coffer.api.CosError;
import coffer.api.CosException;

/**
 * A full bucket name, {@code <name>-<appid>}. Source: COS docs, "Bucket Overview".
 *
 * @param name 1 to 50 characters of {@code [a-z0-9-]}, no hyphen at either end
 * @param appId digits
 */
public record BucketName(String name, String appId) {
    private static final int MAX_NAME_LENGTH = 50;

    /**
     * Reads a full name.
     *
     * @throws CosException {@code InvalidBucketName}, {@code BucketNameTooLong}
     */
    public static BucketName parse(String text) {
        int hyphen = text.lastIndexOf('-');
        String name = hyphen < 0 ? "" : text.substring(0, hyphen);
        String appId = text.substring(hyphen + 1);
        if (name.length() > MAX_NAME_LENGTH) {
            throw CosError.BUCKET_NAME_TOO_LONG.exception();
        }
        boolean valid = !name.isEmpty()
                && !name.startsWith("-")
                && !name.endsWith("-")
                && name.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-')
                && !appId.isEmpty()
                && appId.length() <= 20
                && appId.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!valid) {
            throw CosError.INVALID_BUCKET_NAME.because(
                    "A bucket is named <name>-<APPID>, with lower-case letters," + " digits and hyphens in <name>.");
        }
        return new BucketName(name, appId);
    }

    /**
     * Reads a full name of any client: those of S3 have up to 63 characters before the APPID, among them dots.
     *
     * @throws CosException {@code InvalidBucketName}
     */
    public static BucketName parseLenient(String text) {
        int hyphen = text.lastIndexOf('-');
        String name = hyphen < 0 ? "" : text.substring(0, hyphen);
        String appId = text.substring(hyphen + 1);
        if (!name.matches("[a-z0-9.-]{1,63}") || !appId.matches("[0-9]{1,20}")) {
            throw CosError.INVALID_BUCKET_NAME.because("The specified bucket is not valid.");
        }
        return new BucketName(name, appId);
    }

    /** The full name. */
    @Override
    public String toString() {
        return name + "-" + appId;
    }
}
