package coffer.certificate;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.http.Identity;
import java.io.IOException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Chains and keys as certificate authorities and tools write them. */
class PemTest {
    private static final String CURVE =
            "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n";

    private final Issuer issuer = new Issuer(new SecureRandom());
    private final KeyPair authorityKey = issuer.newKey();
    private final X509Certificate authority = issuer.authority(authorityKey, "test", Instant.now(), Duration.ofDays(2));

    @ParameterizedTest
    @ValueSource(strings = {"EC", "RSA"})
    void readsKeysInEachForm(String algorithm) throws Exception {
        KeyPair pair = pair(algorithm);
        byte[] chain = chain(pair);
        byte[] inner = pair.getPrivate() instanceof java.security.interfaces.ECPrivateKey key
                ? new ECPrivateKey(256, key.getS(), X9ObjectIdentifiers.prime256v1).getEncoded()
                : PrivateKeyInfo.getInstance(pair.getPrivate().getEncoded())
                        .parsePrivateKey()
                        .toASN1Primitive()
                        .getEncoded();
        String specific = Pem.write(algorithm + " PRIVATE KEY", inner);
        for (String text : List.of(
                Pem.write("PRIVATE KEY", pair.getPrivate().getEncoded()),
                "Bag Attributes\r\n  friendlyName: x\r\n" + specific.replace("\n", "\r\n"),
                algorithm.equals("EC") ? CURVE + specific : specific)) {
            Identity identity = Pem.read(chain, "chain.pem", text.getBytes(US_ASCII), "key.pem");
            assertThat(identity.key().getAlgorithm()).isEqualTo(algorithm);
            assertThat(identity.chain()).hasSize(2).endsWith(authority);
        }
    }

    @Test
    void refusesAKeyOfSomethingElse() throws Exception {
        for (String algorithm : List.of("EC", "RSA")) {
            byte[] other = Pem.write("PRIVATE KEY", pair(algorithm).getPrivate().getEncoded())
                    .getBytes(US_ASCII);
            assertThatThrownBy(() -> Pem.read(chain(issuer.newKey()), "chain.pem", other, "key.pem"))
                    .isInstanceOf(UnusableCertificate.class)
                    .hasMessageContaining("key.pem does not belong to the first certificate in chain.pem");
        }
    }

    @Test
    void saysWhatIsWrongWithAFile() throws Exception {
        KeyPair pair = issuer.newKey();
        byte[] chain = chain(pair);
        byte[] key = Pem.write("PRIVATE KEY", pair.getPrivate().getEncoded()).getBytes(US_ASCII);
        assertRefused(new byte[0], key, "no certificate in chain.pem");
        assertRefused(key, key, "no certificate in chain.pem");
        assertRefused(
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n".getBytes(US_ASCII),
                key,
                "chain.pem cannot be read");
        assertRefused("-----BEGIN CERTIFICATE-----\nMIIB".getBytes(US_ASCII), key, "chain.pem");
        assertRefused(chain, new byte[0], "no key in key.pem");
        assertRefused(chain, chain, "no key in key.pem");
        assertRefused(chain, Pem.write("PRIVATE KEY", new byte[] {1, 2}).getBytes(US_ASCII), "key.pem cannot be");
        String encrypted = """
                -----BEGIN RSA PRIVATE KEY-----
                Proc-Type: 4,ENCRYPTED
                DEK-Info: AES-256-CBC,00112233

                AAAA
                -----END RSA PRIVATE KEY-----
                """;
        assertRefused(chain, encrypted.getBytes(US_ASCII), "encrypted");
    }

    private static void assertRefused(byte[] chain, byte[] key, String why) {
        assertThatThrownBy(() -> Pem.read(chain, "chain.pem", key, "key.pem"))
                .isInstanceOf(UnusableCertificate.class)
                .hasMessageContaining(why);
    }

    private static KeyPair pair(String algorithm) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(algorithm.equals("EC") ? 256 : 2048);
        return generator.generateKeyPair();
    }

    private byte[] chain(KeyPair pair) throws CertificateEncodingException, IOException {
        X509Certificate leaf = issuer.server(
                List.of("localhost"), pair.getPublic(), authority, authorityKey, Instant.now(), Duration.ofDays(1));
        return (Pem.write("CERTIFICATE", leaf.getEncoded()) + Pem.write("CERTIFICATE", authority.getEncoded()))
                .getBytes(US_ASCII);
    }
}
