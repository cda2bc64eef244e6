package coffer.s3;

import coffer.api.CosError;
import coffer.api.Element;
import coffer.bucket.BucketSetting;
import coffer.bucket.Settings;
import coffer.lifecycle.LifecycleConfiguration;
import java.util.List;

/**
 * Lifecycle rules in the words of S3, which has other names for storage classes. Source: S3 API reference,
 * "PutBucketLifecycleConfiguration".
 */
public final class S3Lifecycle {
    /** As S3 clients send it. */
    public static final BucketSetting<LifecycleConfiguration> SENT = Settings.LIFECYCLE.sentAs(S3Lifecycle::read);

    /** As S3 clients are answered. */
    public static final BucketSetting<LifecycleConfiguration> ANSWERED =
            Settings.LIFECYCLE.answeredAs((rules, xml) -> rules.write(xml, S3StorageClass::toS3));

    private S3Lifecycle() {}

    private static LifecycleConfiguration read(Element root) {
        for (Element rule : root.all("Rule")) {
            if (!List.of("Enabled", "Disabled").contains(rule.required("Status"))) {
                throw CosError.MALFORMED_XML.because("Status must be Enabled or Disabled.");
            }
            rule.children().stream()
                    .flatMap(action -> action.childText("Date").stream())
                    .forEach(S3Lifecycle::requireMidnight);
        }
        return LifecycleConfiguration.read(S3StorageClass.toCos(root));
    }

    /** Clients of S3 take any other time for one that was meant, and are told that it is not; those of COS send any. */
    private static void requireMidnight(String date) {
        if (date.contains("T") && !date.matches("[^T]*T00:00(:00(\\.0+)?)?(Z|\\+00:00)")) {
            throw CosError.INVALID_ARGUMENT.because("'Date' must be at midnight GMT, not " + date + ".");
        }
    }
}
