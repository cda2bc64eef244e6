package coffer.acceleration;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Element;
import coffer.api.XmlWriter;
import coffer.request.Words;

/**
 * Whether a bucket answers on its acceleration domain. Once set it is never unset again. Source: COS API reference, "PUT
 * Bucket Accelerate"; one of its samples answers {@code Disabled}, which no other page knows.
 */
public enum AccelerateConfiguration {
    /** Never set. */
    UNSET,
    ENABLED,
    SUSPENDED;

    private static final String TYPE = "COS";

    /**
     * Reads an {@code AccelerateConfiguration} document.
     *
     * @return enabled or suspended
     * @throws CosException {@code MalformedXML} without a status, {@code InvalidArgument}
     */
    public static AccelerateConfiguration read(Element root) {
        String status = root.named("AccelerateConfiguration").required("Status");
        if (root.childText("Type")
                .filter(type -> !type.isEmpty() && !type.equalsIgnoreCase(TYPE))
                .isPresent()) {
            throw CosError.INVALID_ARGUMENT.because("Type must be " + TYPE + ".");
        }
        return Words.either("Status", status, "Enabled", "Suspended") ? ENABLED : SUSPENDED;
    }

    /** Writes the document, without status if it was never set. */
    public void write(XmlWriter xml) {
        if (this == UNSET) {
            xml.empty("AccelerateConfiguration");
        } else {
            xml.open("AccelerateConfiguration")
                    .element("Status", this == ENABLED ? "Enabled" : "Suspended")
                    .element("Type", TYPE)
                    .close("AccelerateConfiguration");
        }
    }
}
