package coffer.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Element;
import coffer.api.XmlWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DomainCertificateTest {
    @TempDir
    private static Path folder;

    private static TestCertificate rsa;
    private static TestCertificate otherRsa;
    private static TestCertificate ec;
    private static TestCertificate ed25519;

    @BeforeAll
    static void makeCertificates() {
        rsa = TestCertificate.make(folder, "-keyalg", "RSA", "-keysize", "2048");
        otherRsa = TestCertificate.make(folder, "-keyalg", "RSA", "-keysize", "2048");
        ec = TestCertificate.make(folder, "-keyalg", "EC", "-groupname", "secp256r1");
        ed25519 = TestCertificate.make(folder, "-keyalg", "Ed25519");
    }

    private static String document(String certificate, String key, String domains) {
        return "<DomainCertificate><CertificateInfo><CertType>CustomCert</CertType><CustomCert><Cert>" + certificate
                + "</Cert><PrivateKey>" + key + "</PrivateKey></CustomCert></CertificateInfo>" + domains
                + "</DomainCertificate>";
    }

    private static String example() {
        return document(
                rsa.certificatePem(),
                rsa.keyPem(),
                "<DomainList><DomainName>img.photos.example</DomainName></DomainList>");
    }

    private static Element parse(String document) {
        return Element.parse(document.getBytes(StandardCharsets.UTF_8));
    }

    private static DomainCertificate read(String document) {
        return DomainCertificate.read(parse(document));
    }

    private static String written(Consumer<XmlWriter> document) {
        XmlWriter xml = new XmlWriter();
        document.accept(xml);
        return xml.toString();
    }

    private static DomainCertificate of(TestCertificate certificate, String... domains) {
        return new DomainCertificate(
                List.of(domains).stream().map(DomainName::new).toList(),
                new ServerCertificate(certificate.certificatePem(), certificate.keyPem()));
    }

    private static void assertRefused(CosError error, String message, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(CosException.class, e -> {
            assertThat(e.error()).isEqualTo(error);
            assertThat(e.message()).contains(message);
        });
    }

    @Test
    void comesBackAsItIsStored() {
        DomainCertificate certificate = read(example());
        assertThat(DomainCertificate.read(parse(written(certificate::write)))).isEqualTo(certificate);
    }

    @Test
    void answersItsValidityAndNeverItsKey() {
        DomainCertificate certificate = read(example());
        X509Certificate own = certificate.certificate().chain().getFirst();
        assertThat(written(certificate::writeAnswer))
                .endsWith("<DomainCertificate><Status>Enabled</Status><CertificateInfo><CertId>"
                        + certificate.certificate().id() + "</CertId><ValidityBegin>"
                        + own.getNotBefore().toInstant().getEpochSecond() + "</ValidityBegin><ValidityExpire>"
                        + own.getNotAfter().toInstant().getEpochSecond()
                        + "</ValidityExpire></CertificateInfo></DomainCertificate>");
        assertThat(certificate.toString())
                .doesNotContain("PRIVATE")
                .contains(certificate.certificate().id());
    }

    @Test
    void collectsTheDomainsOfSeveralLists() {
        String lists = "<DomainList><DomainName>a.example</DomainName></DomainList>"
                + "<DomainList><DomainName>B.example</DomainName><DomainName>a.example</DomainName></DomainList>";
        assertThat(read(document(rsa.certificatePem(), rsa.keyPem(), lists)).domains())
                .extracting(DomainName::text)
                .containsExactly("a.example", "b.example");
    }

    @Test
    void countsDomains() {
        String[] domains = new String[21];
        for (int i = 0; i < domains.length; i++) {
            domains[i] = "d" + i + ".example";
        }
        assertRefused(CosError.INVALID_ARGUMENT, "at most 20", () -> of(rsa, domains));
        assertRefused(CosError.MALFORMED_XML, "DomainName", () -> of(rsa));
    }

    @Test
    void readsEveryFormOfAKey() {
        for (ServerCertificate pair : List.of(
                new ServerCertificate(rsa.certificatePem(), rsa.innerKeyPem("RSA PRIVATE KEY")),
                new ServerCertificate(ec.certificatePem(), ec.keyPem()),
                new ServerCertificate(
                        ec.certificatePem(),
                        TestCertificate.pem("EC PARAMETERS", new byte[] {6, 0}) + ec.innerKeyPem("EC PRIVATE KEY")),
                new ServerCertificate(ed25519.certificatePem(), ed25519.keyPem()))) {
            assertThat(pair.key().getAlgorithm())
                    .isEqualTo(pair.chain().getFirst().getPublicKey().getAlgorithm());
        }
    }

    @Test
    void readsAChainAndTextWhoseLinesWereMoved() {
        String chain = "subject=a\r\n" + rsa.certificatePem().replace("\n", "\r\n") + ec.certificatePem();
        ServerCertificate pair = new ServerCertificate(chain, rsa.keyPem().replace("\n", " "));
        assertThat(pair.chain()).hasSize(2);
    }

    @Test
    void refusesAKeyOfAnotherCertificate() {
        for (TestCertificate other : List.of(otherRsa, ec, ed25519)) {
            assertRefused(
                    CosError.INVALID_ARGUMENT,
                    "first certificate",
                    () -> new ServerCertificate(rsa.certificatePem(), other.keyPem()));
        }
        assertRefused(
                CosError.INVALID_ARGUMENT,
                "first certificate",
                () -> new ServerCertificate(ec.certificatePem() + rsa.certificatePem(), rsa.keyPem()));
    }

    @Test
    void refusesWhatIsNoPem() {
        String key = rsa.keyPem();
        String certificate = rsa.certificatePem();
        for (String wrong : new String[] {
            "", "text", key, TestCertificate.pem("CERTIFICATE", new byte[] {1, 2, 3}), certificate.replace("MII", "*")
        }) {
            assertRefused(CosError.INVALID_ARGUMENT, "", () -> new ServerCertificate(wrong, key));
        }
        for (String wrong : new String[] {
            "",
            "text",
            certificate,
            TestCertificate.pem("PRIVATE KEY", new byte[] {1, 2, 3}),
            TestCertificate.pem("RSA PRIVATE KEY", new byte[] {1, 2, 3}),
            TestCertificate.pem("ENCRYPTED PRIVATE KEY", rsa.pkcs8()),
            key.replace("PRIVATE KEY-----\nMII", "PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nMII")
        }) {
            assertRefused(CosError.INVALID_ARGUMENT, "", () -> new ServerCertificate(certificate, wrong));
        }
    }

    @ParameterizedTest
    @CsvSource({
        ">CustomCert<, >CloudCert<, INVALID_ARGUMENT",
        "img.photos.example, img, USER_CNAME_INVALID",
        "DomainName>, Name>, MALFORMED_XML",
        "CertificateInfo>, Info>, MALFORMED_XML",
        "CustomCert>, Custom>, MALFORMED_XML",
        "PrivateKey>, Key>, MALFORMED_XML",
        "DomainCertificate>, Certificate>, MALFORMED_XML"
    })
    void refusesWhatIsWrongOrMissing(String right, String wrong, CosError error) {
        assertRefused(error, "", () -> read(example().replace(right, wrong)));
    }

    @Test
    void saysThatItCannotFetchCertificates() {
        String byId = example().replaceAll("(?s)<Cert>.*</PrivateKey>", "<CertId>c-1</CertId>");
        assertRefused(CosError.INVALID_ARGUMENT, "CertId", () -> read(byId));
    }

    @Test
    void keepsOneCertificateForADomain() {
        DomainCertificates certificates =
                DomainCertificates.NONE.with(of(rsa, "a.example", "b.example")).with(of(ec, "b.example", "c.example"));
        assertThat(certificates.find("A.example")).contains(of(rsa, "a.example"));
        assertThat(certificates.find("b.example")).contains(of(ec, "b.example", "c.example"));
        assertThat(certificates.with(of(ed25519, "a.example")).all()).hasSize(2);
        assertThat(certificates.without("b.example").find("c.example")).contains(of(ec, "c.example"));
        assertThat(certificates.without("A.example").find("a.example")).isEmpty();
        assertThat(certificates.without("not a domain")).isSameAs(certificates);
        assertThat(DomainCertificates.read(parse(written(certificates::write)))).isEqualTo(certificates);
    }
}
