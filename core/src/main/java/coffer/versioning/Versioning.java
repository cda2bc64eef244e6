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
     * Reads the document; it never goes back to {@link #NEVER}.
     *
     * @throws CosException {@code MalformedXML}, {@code InvalidArgument}, {@code NotImplemented} if {@code MfaDelete} of S3
     *     is to be on: deletions would not ask for the second factor
     */
    public static Versioning read(Element document) {
        String status = document.named("VersioningConfiguration").required("Status");
        if (document.childText("MfaDelete").filter("Enabled"::equals).isPresent()) {
            throw CosError.NOT_IMPLEMENTED.because("MfaDelete is not available on this server.");
        }
        return switch (status) {
            case "Enabled" -> ENABLED;
            case "Suspended" -> SUSPENDED;
            default -> throw CosError.INVALID_ARGUMENT.because("Status must be Enabled or Suspended.");
        };
    }

    public void write(XmlWriter xml) {
        xml.open("VersioningConfiguration").element("Status", status).close("VersioningConfiguration");
    }
}
