package coffer.domain;

import coffer.api.CosException;
import coffer.api.Element;
import coffer.api.XmlWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The certificates of the domains of a bucket, as they are stored. The document never leaves the server.
 *
 * @param all no domain in two of them
 */
public record DomainCertificates(List<DomainCertificate> all) {
    /** No certificates. */
    public static final DomainCertificates NONE = new DomainCertificates(List.of());

    private static final String ROOT = "DomainCertificates";

    public DomainCertificates {
        all = List.copyOf(all);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws CosException {@code MalformedXML}, {@code InvalidArgument}
     */
    public static DomainCertificates read(Element root) {
        return new DomainCertificates(root.named(ROOT).all(DomainCertificate.ROOT).stream()
                .map(DomainCertificate::read)
                .toList());
    }

    public void write(XmlWriter xml) {
        xml.open(ROOT);
        all.forEach(certificate -> certificate.write(xml));
        xml.close(ROOT);
    }

    /** The certificate of a domain, in any case. */
    public Optional<DomainCertificate> find(String domain) {
        return all.stream()
                .filter(certificate -> certificate.domains().stream()
                        .anyMatch(name -> name.text().equalsIgnoreCase(domain)))
                .findFirst();
    }

    /** These with one more, which its domains have from now on instead of theirs. */
    public DomainCertificates with(DomainCertificate certificate) {
        List<DomainCertificate> more = new ArrayList<>(without(Set.copyOf(certificate.domains())));
        more.add(certificate);
        return new DomainCertificates(more);
    }

    /** These without that of a domain; other domains keep it. */
    public DomainCertificates without(String domain) {
        return find(domain).isEmpty() ? this : new DomainCertificates(without(Set.of(new DomainName(domain))));
    }

    private List<DomainCertificate> without(Set<DomainName> domains) {
        return all.stream()
                .flatMap(certificate -> {
                    List<DomainName> left = certificate.domains().stream()
                            .filter(domain -> !domains.contains(domain))
                            .toList();
                    return left.isEmpty()
                            ? Stream.of()
                            : Stream.of(new DomainCertificate(left, certificate.certificate()));
                })
                .toList();
    }
}
