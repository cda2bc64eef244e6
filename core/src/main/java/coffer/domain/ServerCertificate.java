package coffer.domain;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.request.Digests;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A certificate with its private key, both in PEM as the user sent them. RSA, EC or Ed25519; the key in PKCS #8, or in
 * PKCS #1 or SEC 1 as OpenSSL writes them.
 *
 * @param certificate the server's own first, then those that lead to a root
 * @param privateKey not encrypted
 */
public record ServerCertificate(String certificate, String privateKey) {
    private static final byte[] PROBE = "signed by one, verified by the other".getBytes(StandardCharsets.UTF_8);

    /**
     * Checks that both can be read and belong together.
     *
     * @throws CosException {@code InvalidArgument}
     */
    public ServerCertificate {
        certificate = certificate.strip();
        privateKey = privateKey.strip();
        PublicKey verifier = chain(certificate).getFirst().getPublicKey();
        if (!belongTogether(key(privateKey, verifier), verifier)) {
            throw CosError.INVALID_ARGUMENT.because("PrivateKey does not belong to the first certificate in Cert.");
        }
    }

    /** The server's own certificate first. */
    public List<X509Certificate> chain() {
        return chain(certificate);
    }

    /** The private key. */
    public PrivateKey key() {
        return key(privateKey, chain().getFirst().getPublicKey());
    }

    /** Eight hex digits, the same for the same certificate. */
    public String id() {
        byte[] digest = Digests.sha1().digest(blocks(certificate).getFirst().der());
        return HexFormat.of().formatHex(digest, 0, 4);
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "certificate " + id();
    }

    private static List<X509Certificate> chain(String pem) {
        List<X509Certificate> chain = new ArrayList<>();
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (PemText.Block block : blocks(pem)) {
                chain.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block.der())));
            }
        } catch (CertificateException e) {
            throw CosError.INVALID_ARGUMENT.because("Cert has a block that is no X.509 certificate.");
        }
        if (chain.isEmpty()) {
            throw CosError.INVALID_ARGUMENT.because("Cert must be a certificate in PEM.");
        }
        return chain;
    }

    private static List<PemText.Block> blocks(String pem) {
        return PemText.read(pem).stream()
                .filter(block -> block.label().equals("CERTIFICATE"))
                .toList();
    }

    private static PrivateKey key(String pem, PublicKey partner) {
        PemText.Block block = PemText.read(pem).stream()
                .filter(candidate -> candidate.label().endsWith("PRIVATE KEY"))
                .findFirst()
                .orElseThrow(() -> CosError.INVALID_ARGUMENT.because("PrivateKey must be a private key in PEM."));
        byte[] pkcs8 = switch (block.label()) {
            case "PRIVATE KEY" -> block.der();
            case "RSA PRIVATE KEY", "EC PRIVATE KEY" -> Pkcs8.wrap(block.der(), partner.getEncoded());
            default ->
                throw CosError.INVALID_ARGUMENT.because(
                        "PrivateKey must be a PRIVATE KEY that is not encrypted, not a " + block.label() + ".");
        };
        try {
            return KeyFactory.getInstance(partner.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        } catch (GeneralSecurityException e) {
            throw CosError.INVALID_ARGUMENT.because(
                    "PrivateKey must be a private key for the first certificate in Cert, whose key is "
                            + partner.getAlgorithm() + ".");
        }
    }

    private static boolean belongTogether(PrivateKey key, PublicKey partner) {
        String algorithm = switch (partner.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            case "EdDSA" -> "EdDSA";
            default ->
                throw CosError.INVALID_ARGUMENT.because(
                        "Cert must have a key of RSA, EC or Ed25519, not " + partner.getAlgorithm() + ".");
        };
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(PROBE);
            byte[] signed = signature.sign();
            signature.initVerify(partner);
            signature.update(PROBE);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
