package coffer.origin;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Element;
import coffer.api.XmlWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Where a bucket gets what it lacks. Source: COS API reference, "PUT Bucket origin"; COS docs, "Setting Origin-Pull".
 *
 * @param document as it was sent, and is answered
 * @param rules what it says, 1 to 100, in the order they are tried
 */
public record OriginConfiguration(Element document, List<OriginRule> rules) {
    private static final String ROOT = "OriginConfiguration";
    private static final int MAX_RULES = 100;

    public OriginConfiguration {
        rules = List.copyOf(rules);
    }

    /**
     * Reads an {@code OriginConfiguration} document.
     *
     * @throws CosException {@code MalformedXML}, {@code InvalidArgument}; {@code NotImplemented} for what is not done here
     */
    public static OriginConfiguration read(Element root) {
        List<Element> rules = root.named(ROOT).all("OriginRule");
        if (rules.isEmpty() || rules.size() > MAX_RULES) {
            throw CosError.MALFORMED_XML.because(ROOT + " must have 1 to " + MAX_RULES + " child elements OriginRule.");
        }
        OriginElements.require(root);
        return new OriginConfiguration(
                root,
                rules.stream()
                        .map(OriginRule::read)
                        .sorted(Comparator.comparingInt(OriginRule::priority))
                        .toList());
    }

    /** Writes the document. */
    public void write(XmlWriter xml) {
        OriginElements.write(document, xml);
    }

    /**
     * The rule by which a request goes on that would fail.
     *
     * @param status it would be answered by
     */
    public Optional<OriginRule> find(int status, String key) {
        return rules.stream().filter(rule -> rule.concerns(status, key)).findFirst();
    }
}
