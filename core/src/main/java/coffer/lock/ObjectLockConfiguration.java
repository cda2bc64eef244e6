package coffer.lock;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Element;
import coffer.api.XmlWriter;
import java.util.Optional;

/**
 * Object lock of a bucket, which cannot be taken back. Source: COS API reference, "PUT Bucket ObjectLockConfiguration",
 * as of 2025: the rule is optional, holds for objects written after it, and may be changed and removed; the SDKs follow
 * that page, not the older one.
 *
 * @param defaultRetention what objects get that bring no retention
 */
public record ObjectLockConfiguration(Optional<DefaultRetention> defaultRetention) {
    /**
     * Reads an {@code ObjectLockConfiguration} document.
     *
     * @throws CosException {@code MalformedXML}, {@code InvalidArgument}, {@code InvalidLockedTime}
     */
    public static ObjectLockConfiguration read(Element root) {
        String enabled = root.named("ObjectLockConfiguration").required("ObjectLockEnabled");
        if (!enabled.equalsIgnoreCase("Enabled")) {
            throw CosError.INVALID_ARGUMENT.because("ObjectLockEnabled must be Enabled, not '" + enabled + "'.");
        }
        return new ObjectLockConfiguration(
                root.child("Rule").map(ObjectLockConfiguration::retention).map(DefaultRetention::read));
    }

    public void write(XmlWriter xml) {
        xml.open("ObjectLockConfiguration").element("ObjectLockEnabled", "Enabled");
        defaultRetention.ifPresent(retention -> {
            xml.open("Rule");
            retention.write(xml);
            xml.close("Rule");
        });
        xml.close("ObjectLockConfiguration");
    }

    /**
     * Checks whether object lock may be enabled.
     *
     * @param isSuspended whether versioning is suspended; it may be on, and never have been
     * @param isTiered whether intelligent tiering is on
     * @param isMultiAz whether the bucket was made for several zones
     * @throws CosException {@code InvalidBucketState}
     */
    public static void requireFits(boolean isSuspended, boolean isTiered, boolean isMultiAz) {
        if (isSuspended) {
            throw CosError.INVALID_BUCKET_STATE.because(
                    "Object lock cannot be enabled while versioning is suspended; enable versioning first.");
        }
        if (isTiered) {
            throw CosError.INVALID_BUCKET_STATE.because("Object lock cannot be enabled with intelligent tiering.");
        }
        if (isMultiAz) {
            throw CosError.INVALID_BUCKET_STATE.because("Object lock cannot be enabled for a bucket of several zones.");
        }
    }

    private static Element retention(Element rule) {
        return rule.child("DefaultRetention")
                .orElseThrow(() ->
                        CosError.MALFORMED_XML.because("The element Rule must have a child element DefaultRetention."));
    }
}
