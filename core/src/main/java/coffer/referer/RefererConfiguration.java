package coffer.referer;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Element;
import coffer.api.XmlWriter;
import coffer.request.Words;
import java.util.List;
import java.util.Optional;

/**
 * Which pages may show the objects of a bucket, by the header Referer. Source: COS API reference, "PUT Bucket referer";
 * VerifySignatureURL is known to the Go SDK only.
 *
 * @param enabled whether it is looked at
 * @param listed what the list is for
 * @param domains 1 to 30 hosts with port and path or without, {@code *} for any part; none is needed while it is
 *     disabled
 * @param allowsEmpty whether a request without Referer is let through, whatever the list is for
 * @param verifiesSignedUrls whether requests signed in their URL are checked too
 */
public record RefererConfiguration(
        boolean enabled, Listed listed, List<String> domains, boolean allowsEmpty, boolean verifiesSignedUrls) {
    /** The limit of the console; the reference has none. */
    private static final int MAX_DOMAINS = 30;

    private static final int MAX_DOMAIN_LENGTH = 1024;

    /** What the list is for. */
    public enum Listed {
        /** Pages listed are kept out. */
        BLACK("Black-List"),
        /** Pages not listed are kept out. */
        WHITE("White-List");

        private final String word;

        Listed(String word) {
            this.word = word;
        }
    }

    /** Where a request is signed. */
    public enum Signed {
        NOT_AT_ALL,
        IN_HEADER,
        IN_URL
    }

    /**
     * Checks it.
     *
     * @throws CosException {@code MalformedXML} without a domain, {@code InvalidArgument}
     */
    public RefererConfiguration {
        domains = List.copyOf(domains);
        if (enabled && domains.isEmpty()) {
            throw CosError.MALFORMED_XML.because("DomainList must have a child element Domain.");
        }
        if (domains.size() > MAX_DOMAINS) {
            throw CosError.INVALID_ARGUMENT.because("DomainList has at most " + MAX_DOMAINS + " domains.");
        }
        for (String domain : domains) {
            if (domain.isEmpty()
                    || domain.length() > MAX_DOMAIN_LENGTH
                    || domain.chars().anyMatch(c -> c <= ' ')) {
                throw CosError.INVALID_ARGUMENT.because(
                        "Domain must be a host with port and path or without, not '" + domain + "'.");
            }
        }
    }

    /**
     * Reads a {@code RefererConfiguration} document.
     *
     * @throws CosException {@code MalformedXML}, {@code InvalidArgument}
     */
    public static RefererConfiguration read(Element root) {
        root.named("RefererConfiguration");
        boolean black = Words.either("RefererType", root.required("RefererType"), Listed.BLACK.word, Listed.WHITE.word);
        return new RefererConfiguration(
                Words.either("Status", root.required("Status"), "Enabled", "Disabled"),
                black ? Listed.BLACK : Listed.WHITE,
                root.all("DomainList").stream()
                        .flatMap(list -> list.all("Domain").stream())
                        .map(Element::text)
                        .toList(),
                is(root, "EmptyReferConfiguration", "Allow", "Deny"),
                is(root, "VerifySignatureURL", "Enabled", "Disabled"));
    }

    public void write(XmlWriter xml) {
        xml.open("RefererConfiguration")
                .element("Status", enabled ? "Enabled" : "Disabled")
                .element("RefererType", listed.word)
                .open("DomainList");
        domains.forEach(domain -> xml.element("Domain", domain));
        xml.close("DomainList").element("EmptyReferConfiguration", allowsEmpty ? "Allow" : "Deny");
        if (verifiesSignedUrls) {
            xml.element("VerifySignatureURL", "Enabled");
        }
        xml.close("RefererConfiguration");
    }

    /**
     * Whether a request may read an object. A request signed in its header may always.
     *
     * @param referer the header Referer
     * @throws CosException {@code AccessDenied} if it may not
     */
    public void require(Optional<String> referer, Signed signed) {
        if (!allows(referer, signed)) {
            throw CosError.ACCESS_DENIED.because("You are denied by bucket referer rule");
        }
    }

    /** As {@link #require}, as an answer. */
    public boolean allows(Optional<String> referer, Signed signed) {
        boolean checked = enabled
                && switch (signed) {
                    case NOT_AT_ALL -> true;
                    case IN_HEADER -> false;
                    case IN_URL -> verifiesSignedUrls;
                };
        if (!checked) {
            return true;
        }
        Optional<String> page = referer.filter(text -> !text.isBlank());
        return page.map(text -> isListed(text) == (listed == Listed.WHITE)).orElse(allowsEmpty);
    }

    private boolean isListed(String page) {
        RefererPattern address = RefererPattern.of(page.strip());
        return domains.stream().map(RefererPattern::of).anyMatch(domain -> domain.hits(address));
    }

    private static boolean is(Element root, String name, String yes, String no) {
        return root.childText(name)
                .filter(text -> !text.isEmpty())
                .map(text -> Words.either(name, text, yes, no))
                .orElse(false);
    }
}
