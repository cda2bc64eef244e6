package coffer.domain;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Element;
import coffer.api.XmlWriter;
import coffer.request.Digests;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The domains that lead to a bucket besides its own. Source: COS API reference, "PUT Bucket domain".
 *
 * @param rules 1 to 20, each for a domain of its own
 */
public record DomainConfiguration(List<DomainRule> rules) {
    private static final int MAX_RULES = 20;

    /**
     * Checks it.
     *
     * @throws CosException {@code MalformedXML} without a rule, {@code InvalidArgument}, {@code DomainConfigConflict}
     */
    public DomainConfiguration {
        rules = List.copyOf(rules);
        if (rules.isEmpty()) {
            throw CosError.MALFORMED_XML.because("DomainConfiguration must have a child element DomainRule.");
        }
        if (rules.size() > MAX_RULES) {
            throw CosError.INVALID_ARGUMENT.because("A bucket has at most " + MAX_RULES + " domains.");
        }
        Set<DomainName> names = new HashSet<>();
        for (DomainRule rule : rules) {
            if (!names.add(rule.name())) {
                throw CosError.DOMAIN_CONFIG_CONFLICT.because("The domain " + rule.name() + " is there twice.");
            }
        }
    }

    /**
     * Reads a {@code DomainConfiguration} document.
     *
     * @throws CosException {@code MalformedXML}, {@code InvalidArgument}, {@code UserCnameInvalid},
     *     {@code DomainConfigConflict}
     */
    public static DomainConfiguration read(Element root) {
        return new DomainConfiguration(root.named("DomainConfiguration").all("DomainRule").stream()
                .map(DomainRule::read)
                .toList());
    }

    public void write(XmlWriter xml) {
        xml.open("DomainConfiguration");
        rules.forEach(rule -> rule.write(xml));
        xml.close("DomainConfiguration");
    }

    /** The rule for a host, in any case and without port. */
    public Optional<DomainRule> find(String host) {
        return rules.stream()
                .filter(rule -> rule.name().text().equalsIgnoreCase(host))
                .findFirst();
    }

    /**
     * The value of the header {@code x-cos-domain-txt-verification}, which a user puts into a TXT record to prove that
     * the domain is meant for this bucket. The same for a bucket at all times.
     *
     * @param bucket its full name
     */
    public static String verification(String bucket) {
        byte[] digest = Digests.md5().digest(("domain of " + bucket).getBytes(StandardCharsets.UTF_8));
        return "tencent-cloud-cos-verification=" + HexFormat.of().formatHex(digest);
    }
}
