package coffer.versioning;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Element;
import coffer.api.XmlWriter;
import coffer.bucket.Bucket;
import coffer.bucket.BucketSetting;
import coffer.bucket.BucketSettings;

/**
 * Whether a bucket keeps what is overwritten and deleted. Once it has, it can only be suspended.
 * Source: COS API reference, "PUT Bucket versioning"; COS docs, "Versioning Overview".
 */
public enum Versioning {
    /** Nobody has ever asked for it: an object has one version, {@code null}. */
    NEVER(""),
    /** Every write makes a version, every deletion a delete marker. */
    ENABLED("Enabled"),
    /** Writes and deletions replace the version {@code null}; the others stay. */
    SUSPENDED("Suspended");

    public static final BucketSetting<Versioning> SETTING =
            BucketSetting.xml("versioning", Versioning::read, Versioning::write);

    private final String status;

    Versioning(String status) {
        this.status = status;
    }

    /** What a bucket does. */
    public static Versioning of(BucketSettings settings, Bucket bucket) {
        return settings.find(bucket, SETTING).orElse(NEVER);
    }

    /**
     * Reads the document; it never goes back to {@link #NEVER}.
     *
     * @throws CosException {@code MalformedXML}, {@code InvalidArgument}
     */
    static Versioning read(Element document) {
        if (!document.name().equals("VersioningConfiguration")) {
            throw CosError.MALFORMED_XML.because("The root element must be VersioningConfiguration.");
        }
        return switch (document.required("Status")) {
            case "Enabled" -> ENABLED;
            case "Suspended" -> SUSPENDED;
            default -> throw CosError.INVALID_ARGUMENT.because("Status must be Enabled or Suspended.");
        };
    }

    private void write(XmlWriter xml) {
        xml.open("VersioningConfiguration").element("Status", status).close("VersioningConfiguration");
    }
}
