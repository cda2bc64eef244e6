package coffer.domain;

import coffer.api.Element;
import coffer.api.XmlWriter;
import coffer.request.Words;
import java.util.Optional;

/**
 * A domain that leads to a bucket.
 *
 * @param enabled whether requests to it are answered
 * @param type what it is answered as
 * @param forcedReplacement how the user proves that the domain may be taken from another bucket
 */
public record DomainRule(boolean enabled, DomainName name, Type type, Optional<Proof> forcedReplacement) {
    /** As what a bucket answers. */
    public enum Type {
        /** As an object store. */
        REST,
        /** As a website, which must be configured. */
        WEBSITE,
        /** As an object store by way of acceleration, which must be enabled. */
        ACCELERATE
    }

    /** A DNS record of the domain that names the bucket. The reference knows the first only, the SDKs both. */
    public enum Proof {
        CNAME,
        TXT
    }

    static DomainRule read(Element rule) {
        return new DomainRule(
                Words.either("Status", rule.required("Status"), "ENABLED", "DISABLED"),
                new DomainName(rule.required("Name")),
                Words.constant("Type", rule.required("Type"), Type.class),
                rule.childText("ForcedReplacement")
                        .filter(text -> !text.isEmpty())
                        .map(text -> Words.constant("ForcedReplacement", text, Proof.class)));
    }

    void write(XmlWriter xml) {
        xml.open("DomainRule")
                .element("Status", enabled ? "ENABLED" : "DISABLED")
                .element("Name", name.text())
                .element("Type", type.name());
        forcedReplacement.ifPresent(proof -> xml.element("ForcedReplacement", proof.name()));
        xml.close("DomainRule");
    }
}
