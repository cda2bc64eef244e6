package coffer.website;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Element;
import coffer.api.XmlWriter;
import coffer.request.Words;
import java.util.List;
import java.util.Optional;

/**
 * How a bucket answers as a website. Source: COS API reference, "PUT Bucket website"; S3 API reference,
 * "PutBucketWebsite".
 *
 * @param redirectAll where every request is sent, if it is
 * @param indexSuffix what stands for a folder, without {@code /} and {@code ?}; may be left out only if every request is
 *     sent to another host
 * @param autoAddressing whether {@code /page} also finds {@code page.html}
 * @param errorPage what is answered in the place of errors
 * @param rules at most 100, tried in order
 */
public record WebsiteConfiguration(
        Optional<RedirectAll> redirectAll,
        Optional<String> indexSuffix,
        boolean autoAddressing,
        Optional<ErrorPage> errorPage,
        List<RoutingRule> rules) {
    private static final int MAX_RULES = 100;

    /**
     * Checks it.
     *
     * @throws CosException {@code MalformedXML} without an index document, {@code InvalidArgument}
     */
    public WebsiteConfiguration {
        rules = List.copyOf(rules);
        if (indexSuffix.isEmpty() && redirectAll.flatMap(RedirectAll::hostName).isEmpty()) {
            throw CosError.MALFORMED_XML.because(
                    "WebsiteConfiguration must have a child element IndexDocument with a Suffix.");
        }
        indexSuffix.ifPresent(WebsiteConfiguration::checkSuffix);
        if (rules.size() > MAX_RULES) {
            throw CosError.INVALID_ARGUMENT.because("A website has at most " + MAX_RULES + " routing rules.");
        }
    }

    /**
     * Reads a {@code WebsiteConfiguration} document.
     *
     * @throws CosException {@code MalformedXML}, {@code InvalidArgument}
     */
    public static WebsiteConfiguration read(Element root) {
        root.named("WebsiteConfiguration");
        return new WebsiteConfiguration(
                root.child("RedirectAllRequestsTo").map(RedirectAll::read),
                root.child("IndexDocument").map(index -> index.required("Suffix")),
                root.child("AutoAddressing")
                        .flatMap(addressing -> filled(addressing, "Status"))
                        .map(text -> enabled("Status", text))
                        .orElse(false),
                root.child("ErrorDocument").map(ErrorPage::read),
                rules(root).stream().map(RoutingRule::read).toList());
    }

    /**
     * Reads the document of a COS client, whose rules must have a condition.
     *
     * @throws CosException {@code MalformedXML}, {@code InvalidArgument}
     */
    public static WebsiteConfiguration readOfCos(Element root) {
        WebsiteConfiguration read = read(root);
        read.rules.forEach(RoutingRule::requireCondition);
        return read;
    }

    /**
     * Reads the document of an S3 client, who sends every request elsewhere or none, and is told otherwise what is wrong
     * with a rule.
     *
     * @throws CosException {@code MalformedXML}, {@code InvalidArgument}, {@code InvalidRequest}
     */
    public static WebsiteConfiguration readOfS3(Element root) {
        root.named("WebsiteConfiguration");
        Optional<Element> all = root.child("RedirectAllRequestsTo");
        if (all.isPresent() && root.children().size() > 1) {
            throw CosError.INVALID_REQUEST.because(
                    "RedirectAllRequestsTo cannot be provided in conjunction with other Routing Rules.");
        }
        if (all.isEmpty() && root.child("IndexDocument").isEmpty()) {
            throw CosError.INVALID_ARGUMENT.because(
                    "A value for IndexDocument Suffix must be provided if RedirectAllRequestsTo is empty");
        }
        all.ifPresent(redirect -> redirect.required("HostName"));
        try {
            rules(root).forEach(RoutingRule::read);
        } catch (CosException e) {
            throw e.error() == CosError.INVALID_ARGUMENT ? CosError.INVALID_REQUEST.because(e.message()) : e;
        }
        return read(root);
    }

    /** Writes the document. There is no element for no rules: the Python SDK cannot read an empty one. */
    public void write(XmlWriter xml) {
        xml.open("WebsiteConfiguration");
        redirectAll.ifPresent(redirect -> redirect.write(xml));
        indexSuffix.ifPresent(
                suffix -> xml.open("IndexDocument").element("Suffix", suffix).close("IndexDocument"));
        if (autoAddressing) {
            xml.open("AutoAddressing").element("Status", "Enabled").close("AutoAddressing");
        }
        errorPage.ifPresent(page -> page.write(xml));
        if (!rules.isEmpty()) {
            xml.open("RoutingRules");
            rules.forEach(rule -> rule.write(xml));
            xml.close("RoutingRules");
        }
        xml.close("WebsiteConfiguration");
    }

    private static List<Element> rules(Element root) {
        return root.all("RoutingRules").stream()
                .flatMap(rules -> rules.all("RoutingRule").stream())
                .toList();
    }

    private static void checkSuffix(String suffix) {
        if (suffix.isEmpty() || suffix.indexOf('/') >= 0 || suffix.indexOf('?') >= 0) {
            throw CosError.INVALID_ARGUMENT.because(
                    "The IndexDocument Suffix is not well formed: it must be the name of"
                            + " a file, without / and ?, not '" + suffix + "'.");
        }
        checkText("Suffix", suffix);
    }

    /** The text of a child, if it is there and has one: SDKs write empty elements for what they do not say. */
    static Optional<String> filled(Element parent, String name) {
        return parent.childText(name).filter(text -> !text.isEmpty());
    }

    static boolean enabled(String name, String text) {
        return Words.either(name, text, "Enabled", "Disabled");
    }

    /** What becomes part of a key or of a header. */
    static void checkText(String name, String text) {
        if (text.length() > Location.MAX_LENGTH) {
            throw CosError.INVALID_ARGUMENT.because(
                    name + " must have at most " + Location.MAX_LENGTH + " characters.");
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw CosError.INVALID_ARGUMENT.because(name + " must not have control characters.");
        }
    }
}
