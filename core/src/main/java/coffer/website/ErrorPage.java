package coffer.website;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Element;
import coffer.api.XmlWriter;
import java.util.Optional;

/**
 * What is answered in the place of errors.
 *
 * @param key of the object
 * @param keepsStatus whether it is answered with the status of the error, else with 200
 * @param charity404 as the console of COS has it; kept and reported
 */
public record ErrorPage(String key, boolean keepsStatus, Optional<Boolean> charity404) {
    /**
     * Checks it.
     *
     * @throws CosException {@code InvalidArgument}
     */
    public ErrorPage {
        if (key.isEmpty()) {
            throw CosError.INVALID_ARGUMENT.because("The Key of the ErrorDocument is empty.");
        }
        WebsiteConfiguration.checkText("Key", key);
    }

    static ErrorPage read(Element element) {
        return new ErrorPage(
                element.required("Key"),
                status(element, "OriginalHttpStatus").orElse(true),
                status(element, "Charity404"));
    }

    void write(XmlWriter xml) {
        xml.open("ErrorDocument").element("Key", key);
        if (!keepsStatus) {
            xml.element("OriginalHttpStatus", "Disabled");
        }
        charity404.ifPresent(enabled -> xml.element("Charity404", enabled ? "Enabled" : "Disabled"));
        xml.close("ErrorDocument");
    }

    private static Optional<Boolean> status(Element element, String name) {
        return WebsiteConfiguration.filled(element, name).map(text -> WebsiteConfiguration.enabled(name, text));
    }
}
