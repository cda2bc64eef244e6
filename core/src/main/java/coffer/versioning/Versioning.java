package coffer.versioning;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Element;
import coffer.api.XmlWriter;

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

    private final String status;

    Versioning(String status) {
        this.status = status;
    }

    /**
     * Reads the document; it never goes back to {@link #NEVER}. {@code MfaDelete} of S3 is ignored.
     *
     * @throws CosException {@code MalformedXML}, {@code InvalidArgument}
     */
    public static Versioning read(Element document) {
        return switch (document.named("VersioningConfiguration").required("Status")) {
            case "Enabled" -> ENABLED;
            case "Suspended" -> SUSPENDED;
            default -> throw CosError.INVALID_ARGUMENT.because("Status must be Enabled or Suspended.");
        };
    }

    public void write(XmlWriter xml) {
        xml.open("VersioningConfiguration").element("Status", status).close("VersioningConfiguration");
    }
}
