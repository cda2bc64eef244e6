package coffer.certificate;

import java.math.BigInteger;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Makes certificates with all that strict clients look for, on P-256. Source: RFC 5280 section 4.2; what Python 3.13, Go and
 * Java require of a CA.
 *
 * @param random for keys and serial numbers
 */
record Issuer(SecureRandom random) {
    /** Clocks of clients may be behind. */
    private static final Duration SKEW = Duration.ofDays(1);

    private static final int SERIAL_BITS = 127;

    KeyPair newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK makes no keys on P-256", e);
        }
    }

    /** The certificate of a CA that signs itself. */
    X509Certificate authority(KeyPair key, String commonName, Instant now, Duration valid) {
        X500Principal name = new X500Principal("O=Coffer, CN=" + commonName);
        try {
            X509v3CertificateBuilder builder = builder(name, name, key.getPublic(), now, valid)
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            return sign(builder, key.getPublic(), key);
        } catch (CertIOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The certificate of a server under these names and addresses. */
    X509Certificate server(
            Collection<String> names,
            PublicKey key,
            X509Certificate authority,
            KeyPair signer,
            Instant now,
            Duration valid) {
        X500Principal subject = new X500Principal("O=Coffer, CN=Coffer");
        GeneralName[] all = names.stream().map(Issuer::generalName).distinct().toArray(GeneralName[]::new);
        try {
            X509v3CertificateBuilder builder = builder(authority.getSubjectX500Principal(), subject, key, now, valid)
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                    .addExtension(
                            Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
                    .addExtension(Extension.subjectAlternativeName, false, new GeneralNames(all));
            return sign(builder, key, signer);
        } catch (CertIOException e) {
            throw new IllegalStateException(e);
        }
    }

    private X509v3CertificateBuilder builder(
            X500Principal issuer, X500Principal subject, PublicKey key, Instant now, Duration valid) {
        return new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(SERIAL_BITS, random).add(BigInteger.ONE),
                Date.from(now.minus(SKEW)),
                Date.from(now.plus(valid)),
                subject,
                key);
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, PublicKey key, KeyPair signer) {
        try {
            JcaX509ExtensionUtils ids = new JcaX509ExtensionUtils();
            builder.addExtension(Extension.subjectKeyIdentifier, false, ids.createSubjectKeyIdentifier(key));
            builder.addExtension(
                    Extension.authorityKeyIdentifier, false, ids.createAuthorityKeyIdentifier(signer.getPublic()));
            return new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate())));
        } catch (GeneralSecurityException | OperatorCreationException | CertIOException e) {
            throw new IllegalStateException("a certificate cannot be made", e);
        }
    }

    private static GeneralName generalName(String name) {
        boolean isAddress = name.contains(":") || name.matches("[0-9.]+");
        return isAddress
                ? new GeneralName(
                        GeneralName.iPAddress, InetAddress.ofLiteral(name).getHostAddress())
                : new GeneralName(GeneralName.dNSName, name);
    }
}
