package coffer.website;

import static coffer.website.WebsiteConfiguration.filled;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Element;
import coffer.api.PercentCode;
import coffer.api.XmlWriter;
import coffer.request.Numbers;
import java.util.Optional;
import java.util.Set;

/**
 * Where a rule leads. What it leaves out stays as it was asked.
 *
 * @param scheme how to come
 * @param hostName a host, perhaps with a port
 * @param key instead of the whole key, perhaps with parameters or a fragment behind it
 * @param prefix instead of the prefix of the rule, likewise; not with {@code key}
 * @param status 301, 302, 303, 307 or 308; 302 if it is left out
 * @param sendsBrowser whether the browser is sent there, else what is there is answered at once
 */
public record Target(
        Optional<Scheme> scheme,
        Optional<String> hostName,
        Optional<String> key,
        Optional<String> prefix,
        Optional<Integer> status,
        boolean sendsBrowser) {
    private static final int FOUND = 302;
    private static final Set<Integer> STATUSES = Set.of(301, FOUND, 303, 307, 308);

    /**
     * Checks it.
     *
     * @throws CosException {@code MalformedXML} if it says nothing, {@code InvalidArgument}
     */
    public Target {
        if (scheme.isEmpty() && hostName.isEmpty() && key.isEmpty() && prefix.isEmpty() && status.isEmpty()) {
            throw CosError.MALFORMED_XML.because(
                    "The element Redirect must have a child element ReplaceKeyWith or ReplaceKeyPrefixWith.");
        }
        if (key.isPresent() && prefix.isPresent()) {
            throw CosError.INVALID_ARGUMENT.because(
                    "You can only define ReplaceKeyPrefixWith or ReplaceKeyWith but not both.");
        }
        if (!sendsBrowser && hostName.isPresent()) {
            throw CosError.INVALID_ARGUMENT.because("What another HostName has cannot be answered here.");
        }
        hostName.ifPresent(Location::checkHost);
        key.ifPresent(text -> WebsiteConfiguration.checkText("ReplaceKeyWith", text));
        prefix.ifPresent(text -> WebsiteConfiguration.checkText("ReplaceKeyPrefixWith", text));
        if (status.filter(number -> !STATUSES.contains(number)).isPresent()) {
            throw CosError.INVALID_ARGUMENT.because("The provided HTTP redirect code (" + status.get()
                    + ") is not valid. Valid codes are 301, 302, 303, 307 and 308.");
        }
    }

    static Target read(Element redirect) {
        return new Target(
                filled(redirect, "Protocol").map(Scheme::parse),
                filled(redirect, "HostName"),
                filled(redirect, "ReplaceKeyWith"),
                // An empty one takes the prefix away, where nothing else replaces it.
                redirect.childText("ReplaceKeyPrefixWith")
                        .filter(text -> !text.isEmpty()
                                || filled(redirect, "ReplaceKeyWith").isEmpty()),
                filled(redirect, "HttpRedirectCode")
                        .map(text -> (int) Numbers.within("HttpRedirectCode", text, 300, 399)),
                filled(redirect, "URLRedirect")
                        .map(text -> WebsiteConfiguration.enabled("URLRedirect", text))
                        .orElse(true));
    }

    void write(XmlWriter xml) {
        xml.open("Redirect");
        scheme.ifPresent(word -> xml.element("Protocol", word.text()));
        hostName.ifPresent(host -> xml.element("HostName", host));
        key.ifPresent(text -> xml.element("ReplaceKeyWith", text));
        prefix.ifPresent(text -> xml.element("ReplaceKeyPrefixWith", text));
        status.ifPresent(number -> xml.element("HttpRedirectCode", number));
        if (!sendsBrowser) {
            xml.element("URLRedirect", "Disabled");
        }
        xml.close("Redirect");
    }

    int statusOrDefault() {
        return status.orElse(FOUND);
    }

    /** The URL a browser is sent to that asked for a key of a site. */
    String location(Site site, String asked, RoutingRule rule) {
        String rest = PercentCode.encodeKey(asked.substring(rule.begin().length()));
        String path = key.map(Location::asWritten)
                .or(() -> prefix.map(text -> Location.asWritten(text) + rest))
                .orElseGet(() -> PercentCode.encodeKey(asked));
        return Location.absolute(scheme.orElse(site.scheme()), hostName.orElse(site.host()), path);
    }

    /** The key that stands for one that was asked, where the browser is not sent away. */
    String key(String asked, RoutingRule rule) {
        return key.or(() ->
                        prefix.map(text -> text + asked.substring(rule.begin().length())))
                .orElse(asked);
    }
}
