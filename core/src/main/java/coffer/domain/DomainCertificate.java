package coffer.domain;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Element;
import coffer.api.XmlWriter;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * The certificate of some domains of a bucket. No page describes it; the SDKs send and read it.
 *
 * @param domains 1 to 20
 */
public record DomainCertificate(List<DomainName> domains, ServerCertificate certificate) {
    static final String ROOT = "DomainCertificate";
    private static final int MAX_DOMAINS = 20;

    /**
     * Checks it.
     *
     * @throws CosException {@code MalformedXML} without a domain, {@code InvalidArgument}
     */
    public DomainCertificate {
        domains = domains.stream().distinct().toList();
        if (domains.isEmpty()) {
            throw CosError.MALFORMED_XML.because("DomainList must have a child element DomainName.");
        }
        if (domains.size() > MAX_DOMAINS) {
            throw CosError.INVALID_ARGUMENT.because("DomainList has at most " + MAX_DOMAINS + " domains.");
        }
    }

    /**
     * Reads a {@code DomainCertificate} document. The Python SDK sends a {@code DomainList} for each domain.
     *
     * @throws CosException {@code MalformedXML}, {@code InvalidArgument}, {@code UserCnameInvalid}
     */
    public static DomainCertificate read(Element root) {
        Element info = child(root.named(ROOT), "CertificateInfo");
        if (info.childText("CertType")
                .filter(type -> !type.isEmpty() && !type.equals("CustomCert"))
                .isPresent()) {
            throw CosError.INVALID_ARGUMENT.because("CertType must be CustomCert.");
        }
        Element custom = child(info, "CustomCert");
        if (custom.child("Cert").isEmpty() && custom.child("CertId").isPresent()) {
            throw CosError.INVALID_ARGUMENT.because(
                    "CertId names a certificate of another service; send the certificate as Cert and PrivateKey.");
        }
        return new DomainCertificate(
                root.all("DomainList").stream()
                        .flatMap(list -> list.all("DomainName").stream())
                        .map(name -> new DomainName(name.text()))
                        .toList(),
                new ServerCertificate(custom.required("Cert"), custom.required("PrivateKey")));
    }

    /** Writes the document as it is sent and stored, private key and all. */
    public void write(XmlWriter xml) {
        xml.open(ROOT)
                .open("CertificateInfo")
                .element("CertType", "CustomCert")
                .open("CustomCert")
                .element("Cert", certificate.certificate())
                .element("PrivateKey", certificate.privateKey())
                .close("CustomCert")
                .close("CertificateInfo")
                .open("DomainList");
        domains.forEach(domain -> xml.element("DomainName", domain.text()));
        xml.close("DomainList").close(ROOT);
    }

    /** Writes the document that a question for the certificate is answered, with its validity in Unix seconds. */
    public void writeAnswer(XmlWriter xml) {
        X509Certificate own = certificate.chain().getFirst();
        xml.open(ROOT)
                .element("Status", "Enabled")
                .open("CertificateInfo")
                .element("CertId", certificate.id())
                .element("ValidityBegin", own.getNotBefore().toInstant().getEpochSecond())
                .element("ValidityExpire", own.getNotAfter().toInstant().getEpochSecond())
                .close("CertificateInfo")
                .close(ROOT);
    }

    private static Element child(Element element, String name) {
        return element.child(name)
                .orElseThrow(() -> CosError.MALFORMED_XML.because(
                        "The element " + element.name() + " must have a child element " + name + "."));
    }
}
