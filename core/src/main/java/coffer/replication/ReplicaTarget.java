package coffer.replication;

import coffer.api.CosError;
import coffer.api.CosException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The bucket that a rule copies to.
 *
 * @param text as it was sent
 * @param region where it is; empty for wherever a bucket of that name is found here
 * @param bucket its name
 */
public record ReplicaTarget(String text, Optional<String> region, String bucket) {
    private static final Pattern COS = Pattern.compile("qcs::cos:([a-z0-9-]{2,40})::([a-z0-9.-]{1,63})");
    private static final Pattern OLD_COS =
            Pattern.compile("qcs:id/0:cos:([a-z0-9-]{2,40}):appid/([0-9]+):([a-z0-9-]{1,50})");
    private static final Pattern S3 = Pattern.compile("arn:aws[a-z-]*:s3:([a-z0-9-]{0,40}):[0-9]*:([a-z0-9.-]{1,63})");

    /**
     * Reads {@code qcs::cos:REGION::BUCKET-APPID}, the older form with {@code qcs:id/0}, or {@code arn:aws:s3:::BUCKET}; in
     * the last a region may stand where AWS leaves it out.
     *
     * @throws CosException {@code TargetBucketNameInvalid}
     */
    public static ReplicaTarget parse(String text) {
        Matcher cos = COS.matcher(text);
        if (cos.matches()) {
            return new ReplicaTarget(text, Optional.of(cos.group(1)), cos.group(2));
        }
        Matcher old = OLD_COS.matcher(text);
        if (old.matches()) {
            return new ReplicaTarget(text, Optional.of(old.group(1)), old.group(3) + "-" + old.group(2));
        }
        Matcher s3 = S3.matcher(text);
        if (s3.matches()) {
            return new ReplicaTarget(text, Optional.of(s3.group(1)).filter(region -> !region.isEmpty()), s3.group(2));
        }
        throw CosError.TARGET_BUCKET_NAME_INVALID.because(
                "Destination must be qcs::cos:REGION::BUCKET-APPID, not '" + text + "'.");
    }
}
