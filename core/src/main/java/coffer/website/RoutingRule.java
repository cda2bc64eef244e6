package coffer.website;

import static coffer.website.WebsiteConfiguration.filled;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Element;
import coffer.api.XmlWriter;
import coffer.request.Numbers;
import java.util.Optional;

/**
 * Which requests are sent elsewhere. A rule with a code is looked at once there is an error, one without before anything
 * is looked up.
 *
 * @param code an error, 400 to 499
 * @param prefix with which the key begins, to the letter; empty if that does not matter. The Java SDK writes an empty one
 *     beside every code
 * @param target where to
 */
public record RoutingRule(Optional<Integer> code, Optional<String> prefix, Target target) {
    /**
     * Checks it.
     *
     * @throws CosException {@code InvalidArgument}
     */
    public RoutingRule {
        prefix.ifPresent(text -> WebsiteConfiguration.checkText("KeyPrefixEquals", text));
    }

    static RoutingRule read(Element rule) {
        Optional<Element> condition = rule.child("Condition");
        Element redirect = rule.child("Redirect")
                .orElseThrow(() ->
                        CosError.MALFORMED_XML.because("The element RoutingRule must have a child element Redirect."));
        return new RoutingRule(
                condition
                        .flatMap(element -> filled(element, "HttpErrorCodeReturnedEquals"))
                        .map(text -> (int) Numbers.within("HttpErrorCodeReturnedEquals", text, 400, 499)),
                condition.flatMap(element -> filled(element, "KeyPrefixEquals")),
                Target.read(redirect));
    }

    /**
     * Checks what COS demands and S3 does not.
     *
     * @throws CosException {@code MalformedXML}
     */
    void requireCondition() {
        if (code.isEmpty() && prefix.isEmpty()) {
            throw CosError.MALFORMED_XML.because("The element RoutingRule must have a child element Condition with"
                    + " HttpErrorCodeReturnedEquals or KeyPrefixEquals.");
        }
    }

    void write(XmlWriter xml) {
        xml.open("RoutingRule");
        if (code.isPresent() || prefix.isPresent()) {
            xml.open("Condition");
            code.ifPresent(number -> xml.element("HttpErrorCodeReturnedEquals", number));
            prefix.ifPresent(text -> xml.element("KeyPrefixEquals", text));
            xml.close("Condition");
        }
        target.write(xml);
        xml.close("RoutingRule");
    }

    /** Whether it sends a request away before its key is looked up. */
    boolean isMeant(String key) {
        return code.isEmpty() && key.startsWith(begin());
    }

    /** Whether it sends a request away that ended in an error. */
    boolean isMeant(String key, int status) {
        return code.filter(number -> number == status).isPresent() && key.startsWith(begin());
    }

    /** What of a key may be replaced. */
    String begin() {
        return prefix.orElse("");
    }
}
