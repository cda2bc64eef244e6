package coffer.strict;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Element;
import coffer.api.Headers;
import coffer.api.Query;
import coffer.api.XmlWriter;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What of the requests to a bucket must be signed. Source: COS API reference, "PUT Bucket StrictSignature"; COS docs,
 * "Strict Signature Mode".
 *
 * @param rules 1 to 10, each with an id of its own; all of them hold
 */
public record StrictSignatureConfiguration(List<StrictSignatureRule> rules) {
    private static final int MAX_RULES = 10;

    /**
     * Checks it.
     *
     * @throws CosException {@code MalformedXML} without a rule, {@code InvalidArgument}
     */
    public StrictSignatureConfiguration {
        rules = List.copyOf(rules);
        if (rules.isEmpty()) {
            throw CosError.MALFORMED_XML.because("StrictSignatureConfiguration must have a child element Rule.");
        }
        if (rules.size() > MAX_RULES) {
            throw CosError.INVALID_ARGUMENT.because("A bucket has at most " + MAX_RULES + " strict signature rules.");
        }
        if (rules.stream().map(StrictSignatureRule::id).distinct().count() < rules.size()) {
            throw CosError.INVALID_ARGUMENT.because("Two strict signature rules have the same ID.");
        }
    }

    /**
     * Reads a {@code StrictSignatureConfiguration} document.
     *
     * @throws CosException {@code MalformedXML}, {@code InvalidArgument}
     */
    public static StrictSignatureConfiguration read(Element root) {
        return new StrictSignatureConfiguration(root.named("StrictSignatureConfiguration").all("Rule").stream()
                .map(StrictSignatureRule::read)
                .toList());
    }

    public void write(XmlWriter xml) {
        xml.open("StrictSignatureConfiguration");
        rules.forEach(rule -> rule.write(xml));
        xml.close("StrictSignatureConfiguration");
    }

    /**
     * Looks for what should have been signed; to be asked for signed requests only, before the signature is verified.
     * What a request does not have needs no signature.
     *
     * @param action what policies call it, without prefix
     * @param signedHeaders names as a signature lists them, encoded and in lower case
     * @param signedParameters likewise
     * @return the message of an {@code AccessDenied}, empty if all is well
     */
    public Optional<String> check(
            String action, Set<String> signedHeaders, Set<String> signedParameters, Headers headers, Query query) {
        for (StrictSignatureRule rule : rules) {
            if (rule.isFor(action)) {
                if (rule.lacksHeader(headers, signedHeaders)) {
                    return Optional.of("Strict signature missing header that must be signed");
                }
                if (rule.lacksParameter(query, signedParameters)) {
                    return Optional.of("Strict signature missing param that must be signed");
                }
            }
        }
        return Optional.empty();
    }
}
