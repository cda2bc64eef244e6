package coffer.website;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Element;
import coffer.api.XmlWriter;
import java.util.Optional;

/**
 * Where every request is sent. In COS it names the scheme only, so that whoever comes by http is sent to https; in S3 it
 * names a host.
 *
 * @param hostName a host, perhaps with a port; empty for the one that was asked
 * @param scheme empty for the one of the request
 */
public record RedirectAll(Optional<String> hostName, Optional<Scheme> scheme) {
    /**
     * Checks it.
     *
     * @throws CosException {@code MalformedXML} if it says nothing, {@code InvalidArgument}
     */
    public RedirectAll {
        if (hostName.isEmpty() && scheme.isEmpty()) {
            throw CosError.MALFORMED_XML.because("RedirectAllRequestsTo must have a child element Protocol.");
        }
        hostName.ifPresent(Location::checkHost);
    }

    static RedirectAll read(Element element) {
        return new RedirectAll(
                WebsiteConfiguration.filled(element, "HostName"),
                WebsiteConfiguration.filled(element, "Protocol").map(Scheme::parse));
    }

    void write(XmlWriter xml) {
        xml.open("RedirectAllRequestsTo");
        hostName.ifPresent(host -> xml.element("HostName", host));
        scheme.ifPresent(word -> xml.element("Protocol", word.text()));
        xml.close("RedirectAllRequestsTo");
    }
}
