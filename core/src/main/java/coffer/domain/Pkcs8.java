package coffer.domain;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * Puts the private keys of other times into the form that Java reads. RFC 5208, 5: version, algorithm, key. What
 * {@code RSA PRIVATE KEY} and {@code EC PRIVATE KEY} hold is the third of them; the second stands in the public key, which
 * for its part is algorithm, key.
 */
final class Pkcs8 {
    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 0x04;
    private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};

    private Pkcs8() {}

    /**
     * The key in PKCS #8.
     *
     * @param key in DER, of PKCS #1 or SEC 1
     * @param publicKey the public key that belongs to it, in DER
     */
    static byte[] wrap(byte[] key, byte[] publicKey) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.writeBytes(VERSION_0);
        content.writeBytes(algorithm(publicKey));
        content.writeBytes(element(OCTET_STRING, key));
        return element(SEQUENCE, content.toByteArray());
    }

    /** The first element within a sequence, as it stands. No algorithm that Java knows takes 128 octets to name. */
    private static byte[] algorithm(byte[] publicKey) {
        int start = contentStart(publicKey, 0);
        int length = publicKey[start + 1] & 0x7f;
        return Arrays.copyOfRange(publicKey, start, start + 2 + length);
    }

    /** Behind tag and length; a first octet of the length above 128 says how many more there are. */
    private static int contentStart(byte[] der, int tag) {
        int first = der[tag + 1] & 0xff;
        return tag + 2 + (first > 0x80 ? first - 0x80 : 0);
    }

    private static byte[] element(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(content.length + 4);
        out.write(tag);
        if (content.length < 0x80) {
            out.write(content.length);
        } else {
            out.write(0x82);
            out.write(content.length >> 8);
            out.write(content.length);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }
}
