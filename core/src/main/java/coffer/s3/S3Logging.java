package coffer.s3;

import coffer.accesslog.LogTarget;
import coffer.accesslog.LoggingConfiguration;
import coffer.api.Element;
import coffer.api.XmlWriter;
import coffer.bucket.Bucket;
import coffer.bucket.BucketSetting;
import coffer.bucket.Settings;

/**
 * Logging in the words of S3, which names the target without APPID. Source: S3 API reference, "PutBucketLogging" and
 * "GetBucketLogging".
 */
public final class S3Logging {
    /** As S3 clients send it. */
    public static final BucketSetting<LoggingConfiguration> SENT = with(S3Logging::read, Settings.LOGGING.write());

    /** As S3 clients are answered. */
    public static final BucketSetting<LoggingConfiguration> ANSWERED = with(Settings.LOGGING.sent(), S3Logging::write);

    private S3Logging() {}

    private static BucketSetting<LoggingConfiguration> with(
            BucketSetting.Reader<LoggingConfiguration> sent, BucketSetting.Writer<LoggingConfiguration> write) {
        BucketSetting<LoggingConfiguration> logging = Settings.LOGGING;
        return new BucketSetting<>(
                logging.name(),
                logging.maxBytes(),
                logging.tooLong(),
                logging.contentType(),
                sent,
                logging.stored(),
                write);
    }

    private static LoggingConfiguration read(Bucket bucket, byte[] document) {
        LoggingConfiguration sent = LoggingConfiguration.readOfS3(Element.parse(document));
        return new LoggingConfiguration(
                sent.target().map(target -> target.in(S3BucketNames.own(target.bucket(), bucket.appId()))));
    }

    private static byte[] write(Bucket bucket, LoggingConfiguration logging) {
        XmlWriter xml = new XmlWriter();
        logging.writeOfS3(
                xml,
                logging.target()
                        .map(LogTarget::bucket)
                        .map(name -> shown(name, bucket))
                        .orElse(""));
        return xml.toBytes();
    }

    private static String shown(String target, Bucket bucket) {
        String appId = "-" + bucket.appId();
        return target.endsWith(appId) ? target.substring(0, target.length() - appId.length()) : target;
    }
}
