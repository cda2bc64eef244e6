package coffer.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.address.OwnHosts;
import coffer.http.Identity;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The CA for development and what it signs. */
class DevAuthorityTest {
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final String BUCKET = "demo-1250000000.cos.ap-guangzhou.myqcloud.com";
    private static final OwnHosts HOSTS = new OwnHosts(List.of("cos.local"), List.of("192.0.2.7"));

    @TempDir
    private Path folder;

    @Test
    void signsForItsOwnNamesWhatItsCertificateProves() throws Exception {
        DevAuthority authority = open(NOW);
        for (String name : List.of(BUCKET, "demo-1250000000.cos.local", "cos.local", "sts.tencentcloudapi.com")) {
            X509Certificate leaf = authority.of(Optional.of(name)).certificate();
            validate(leaf, NOW);
            validate(leaf, NOW.minus(Duration.ofHours(23)));
            validate(leaf, NOW.plus(Duration.ofDays(364)));
            assertThat(names(leaf)).containsExactly(name);
            assertThat(leaf.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
            assertThat(leaf.getBasicConstraints()).isEqualTo(-1);
            assertThat(leaf.getExtensionValue("2.5.29.35"))
                    .as("authority key identifier")
                    .isNotNull();
        }
    }

    @Test
    void isLocalhostToEverybodyElse() throws Exception {
        DevAuthority authority = open(NOW);
        Identity unnamed = authority.of(Optional.empty());
        assertThat(names(unnamed.certificate()))
                .containsExactlyInAnyOrder("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1", "192.0.2.7");
        for (String name :
                List.of("example.org", "myqcloud.com", "evilmyqcloud.com", "*.myqcloud.com", "a b.myqcloud.com")) {
            assertThat(authority.of(Optional.of(name))).isSameAs(unnamed);
        }
    }

    @Test
    void keepsWhatItHasSignedUntilItIsOld() {
        Instant[] now = {NOW};
        DevAuthority authority = DevAuthority.open(ca(), HOSTS, () -> now[0], new SecureRandom());
        Identity first = authority.of(Optional.of(BUCKET));
        now[0] = NOW.plus(Duration.ofDays(300));
        assertThat(authority.of(Optional.of(BUCKET))).isSameAs(first);
        now[0] = NOW.plus(Duration.ofDays(340));
        assertThat(authority.of(Optional.of(BUCKET))).isNotSameAs(first);
    }

    @Test
    void forgetsNamesBeforeTheyFillTheMemory() {
        DevAuthority authority = open(NOW);
        Identity first = authority.of(Optional.of(BUCKET));
        for (int i = 0; i < 200; i++) {
            authority.of(Optional.of("b" + i + ".cos.local"));
        }
        assertThat(authority.of(Optional.of(BUCKET))).isNotSameAs(first);
    }

    @Test
    void isTheSameAfterAnotherStart() throws Exception {
        open(NOW);
        byte[] certificate = Files.readAllBytes(ca().resolve("ca.pem"));
        X509Certificate leaf =
                open(NOW.plus(Duration.ofDays(1))).of(Optional.of(BUCKET)).certificate();
        assertThat(ca().resolve("ca.pem")).hasBinaryContent(certificate);
        validate(leaf, NOW.plus(Duration.ofDays(1)));
        assertThat(authorityCertificate().getNotAfter()).isAfter(Date.from(NOW.plus(Duration.ofDays(3650))));
        assertThat(authorityCertificate().getBasicConstraints()).isZero();
    }

    @Test
    void keepsItsKeyToItself() throws Exception {
        open(NOW);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(ca().resolve("ca.key"))))
                .isEqualTo("rw-------");
        assertThat(ca().toFile().list()).containsExactlyInAnyOrder("ca.pem", "ca.key", "ca.jks");
    }

    @Test
    void writesATrustStoreThatNeedsNoPassword() throws Exception {
        open(NOW);
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        try (InputStream in = Files.newInputStream(ca().resolve("ca.jks"))) {
            store.load(in, null);
        }
        assertThat(store.getCertificate("coffer")).isEqualTo(authorityCertificate());
    }

    @Test
    void isMadeAgainIfItsMakingWasCutShort() throws Exception {
        Files.createDirectories(ca());
        Files.writeString(ca().resolve("ca.key"), "half a k");
        Files.writeString(ca().resolve("ca.pem.new"), "half a c");
        validate(open(NOW).of(Optional.of(BUCKET)).certificate(), NOW);
    }

    @Test
    void saysWhenItCannotBeUsed() throws Exception {
        open(NOW);
        assertThatThrownBy(() -> open(NOW.plus(Duration.ofDays(4000))))
                .isInstanceOf(UnusableCertificate.class)
                .hasMessageContaining("was valid until");
        Files.delete(ca().resolve("ca.key"));
        assertThatThrownBy(() -> open(NOW))
                .isInstanceOf(UnusableCertificate.class)
                .hasMessageContaining("has lost its key");
    }

    private Path ca() {
        return folder.resolve("dev-ca");
    }

    private DevAuthority open(Instant now) {
        return DevAuthority.open(ca(), HOSTS, InstantSource.fixed(now), new SecureRandom());
    }

    private X509Certificate authorityCertificate() throws Exception {
        try (InputStream in = Files.newInputStream(ca().resolve("ca.pem"))) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private void validate(X509Certificate leaf, Instant at) throws Exception {
        PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(authorityCertificate(), null)));
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(at));
        CertPathValidator.getInstance("PKIX")
                .validate(CertificateFactory.getInstance("X.509").generateCertPath(List.of(leaf)), parameters);
    }

    private static List<String> names(X509Certificate certificate) throws Exception {
        return certificate.getSubjectAlternativeNames().stream()
                .map(name -> (String) name.get(1))
                .toList();
    }
}
