package coffer.certificate;

import coffer.http.Identity;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;

/** Certificates and keys as text. Source: RFC 7468; RFC 5958 (PKCS#8), RFC 8017 (PKCS#1), RFC 5915 (SEC1). */
final class Pem {
    private static final byte[] PROBE = "coffer".getBytes(StandardCharsets.US_ASCII);

    private Pem() {}

    /** A certificate or a key, as one block. */
    static String write(String label, byte[] der) {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + lines + "\n-----END " + label + "-----\n";
    }

    /**
     * Reads a chain and its key.
     *
     * @param chainName what the chain's file is called in messages
     * @param keyName what the key's file is called in messages
     * @throws UnusableCertificate if they are not what they should be or do not belong together
     */
    static Identity read(byte[] chain, String chainName, byte[] key, String keyName) {
        List<X509Certificate> certificates = certificates(chain, chainName);
        PrivateKey privateKey = key(key, keyName);
        if (!belongTogether(certificates.getFirst().getPublicKey(), privateKey)) {
            throw new UnusableCertificate(
                    "The key in " + keyName + " does not belong to the first certificate in " + chainName + ".");
        }
        return new Identity(certificates, privateKey);
    }

    private static List<X509Certificate> certificates(byte[] text, String name) {
        List<X509Certificate> all = new ArrayList<>();
        try (PEMParser parser = parser(text)) {
            JcaX509CertificateConverter converter = new JcaX509CertificateConverter();
            for (Object block = parser.readObject(); block != null; block = parser.readObject()) {
                if (block instanceof X509CertificateHolder holder) {
                    all.add(converter.getCertificate(holder));
                }
            }
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new UnusableCertificate("The certificates in " + name + " cannot be read: " + e.getMessage(), e);
        }
        if (all.isEmpty()) {
            throw new UnusableCertificate(
                    "There is no certificate in " + name + ": it must hold -----BEGIN CERTIFICATE----- blocks.");
        }
        return all;
    }

    private static PrivateKey key(byte[] text, String name) {
        try (PEMParser parser = parser(text)) {
            JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
            for (Object block = parser.readObject(); block != null; block = parser.readObject()) {
                switch (block) {
                    case PEMKeyPair pair -> {
                        return converter.getPrivateKey(pair.getPrivateKeyInfo());
                    }
                    case PrivateKeyInfo info -> {
                        return converter.getPrivateKey(info);
                    }
                    case PEMEncryptedKeyPair _, PKCS8EncryptedPrivateKeyInfo _ ->
                        throw new UnusableCertificate(
                                "The key in " + name + " is encrypted: write it without a password (openssl pkey).");
                    default -> {} // parameters of a curve, certificates beside the key
                }
            }
        } catch (PEMException e) {
            throw new UnusableCertificate("The key in " + name + " cannot be used: " + e.getMessage(), e);
        } catch (IOException | IllegalArgumentException e) {
            throw new UnusableCertificate("The key in " + name + " cannot be read: " + e.getMessage(), e);
        }
        throw new UnusableCertificate(
                "There is no key in " + name + ": it must hold a -----BEGIN PRIVATE KEY----- block.");
    }

    private static PEMParser parser(byte[] text) {
        return new PEMParser(new StringReader(new String(text, StandardCharsets.ISO_8859_1)));
    }

    private static boolean belongTogether(PublicKey publicKey, PrivateKey privateKey) {
        String algorithm = privateKey.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(privateKey);
            signature.update(PROBE);
            byte[] signed = signature.sign();
            signature.initVerify(publicKey);
            signature.update(PROBE);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
