package coffer.accesslog;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Element;
import coffer.api.XmlWriter;
import java.util.Optional;

/**
 * Whether requests to a bucket are logged, and where to. Source: COS API reference, "PUT Bucket logging"; S3 API reference,
 * "PutBucketLogging".
 *
 * @param target empty if they are not
 */
public record LoggingConfiguration(Optional<LogTarget> target) {
    private static final String ROOT = "BucketLoggingStatus";
    private static final String FORMAT = "LogFormat";
    private static final String KEY_FORMAT = "TargetObjectKeyFormat";

    /**
     * Reads a document as COS clients send it. {@code TargetGrants}, which only S3 documents, mean nothing.
     *
     * @throws CosException {@code MalformedXML}, {@code LoggingPrefixInvalid}
     */
    public static LoggingConfiguration readOfCos(Element root) {
        return read(root, LogFormat.COS, LogKeys.COS);
    }

    /**
     * Reads a document as S3 clients send it; the target is still called as they call it.
     *
     * @throws CosException {@code MalformedXML}, {@code LoggingPrefixInvalid}, {@code NotImplemented} for grants
     */
    public static LoggingConfiguration readOfS3(Element root) {
        Optional<Element> enabled = root.child("LoggingEnabled");
        boolean grants = enabled.flatMap(element -> element.child("TargetGrants"))
                .filter(element -> !element.children().isEmpty())
                .isPresent();
        if (grants) {
            throw CosError.NOT_IMPLEMENTED.because(
                    "TargetGrants are not available; give access to the target bucket by a policy.");
        }
        return read(
                root,
                LogFormat.S3,
                enabled.flatMap(element -> element.child(KEY_FORMAT))
                        .map(LoggingConfiguration::keys)
                        .orElse(LogKeys.SIMPLE));
    }

    private static LogKeys keys(Element keyFormat) {
        Optional<Element> partitioned = keyFormat.child("PartitionedPrefix");
        boolean simple = keyFormat.child("SimplePrefix").isPresent();
        if (simple == partitioned.isPresent()) {
            throw CosError.MALFORMED_XML.because(KEY_FORMAT + " must have either SimplePrefix or PartitionedPrefix.");
        }
        if (simple) {
            return LogKeys.SIMPLE;
        }
        String source = partitioned
                .flatMap(element -> element.childText("PartitionDateSource"))
                .orElse("DeliveryTime");
        return switch (source) {
            case "DeliveryTime" -> LogKeys.BY_DELIVERY_TIME;
            case "EventTime" -> LogKeys.BY_EVENT_TIME;
            default -> throw CosError.MALFORMED_XML.because("PartitionDateSource must be DeliveryTime or EventTime.");
        };
    }

    private static LoggingConfiguration read(Element root, LogFormat format, LogKeys keys) {
        return new LoggingConfiguration(root.named(ROOT)
                .child("LoggingEnabled")
                .map(enabled -> new LogTarget(
                        enabled.required("TargetBucket"),
                        enabled.child("TargetPrefix").map(Element::content).orElse(""),
                        format,
                        keys)));
    }

    /** Reads what {@link #writeStored} wrote. */
    public static LoggingConfiguration readStored(Element root) {
        LogFormat format = LogFormat.valueOf(root.required(FORMAT));
        LogKeys keys = LogKeys.valueOf(root.required(KEY_FORMAT));
        return read(root, format, keys);
    }

    /** Writes all that is to be known. */
    public void writeStored(XmlWriter xml) {
        write(xml, target.map(LogTarget::bucket).orElse(""), false, true);
    }

    /** Writes the document as COS clients read it. */
    public void writeOfCos(XmlWriter xml) {
        write(xml, target.map(LogTarget::bucket).orElse(""), false, false);
    }

    /**
     * Writes the document as S3 clients read it.
     *
     * @param targetBucket what they call the target
     */
    public void writeOfS3(XmlWriter xml, String targetBucket) {
        write(xml, targetBucket, true, false);
    }

    private void write(XmlWriter xml, String targetBucket, boolean withKeyFormat, boolean withOwnElements) {
        if (target.isEmpty()) {
            xml.empty(ROOT);
            return;
        }
        LogTarget to = target.get();
        xml.open(ROOT)
                .open("LoggingEnabled")
                .element("TargetBucket", targetBucket)
                .element("TargetPrefix", to.prefix());
        if (withKeyFormat) {
            writeKeyFormat(xml, to.keys());
        }
        xml.close("LoggingEnabled");
        if (withOwnElements) {
            xml.element(FORMAT, to.format().name())
                    .element(KEY_FORMAT, to.keys().name());
        }
        xml.close(ROOT);
    }

    /** What nobody has asked for is not answered, as S3 does it. */
    private static void writeKeyFormat(XmlWriter xml, LogKeys keys) {
        switch (keys) {
            case COS, SIMPLE -> {}
            case BY_EVENT_TIME -> writePartitioned(xml, "EventTime");
            case BY_DELIVERY_TIME -> writePartitioned(xml, "DeliveryTime");
        }
    }

    private static void writePartitioned(XmlWriter xml, String source) {
        xml.open(KEY_FORMAT)
                .open("PartitionedPrefix")
                .element("PartitionDateSource", source)
                .close("PartitionedPrefix")
                .close(KEY_FORMAT);
    }
}
