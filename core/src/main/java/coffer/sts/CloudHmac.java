package coffer.sts;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The functions that signatures of the cloud's API are made of. */
final class CloudHmac {
    private CloudHmac() {}

    /** @param algorithm {@code HmacSHA1} or {@code HmacSHA256}, named alike by the API and by Java */
    static byte[] of(String algorithm, byte[] key, String message) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            return mac.doFinal(message.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the Java platform has " + algorithm, e);
        }
    }

    /** SHA-256 in hex. */
    static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the Java platform has SHA-256", e);
        }
    }

    /** Compares without telling by its time where texts differ. */
    static boolean equal(String a, String b) {
        return MessageDigest.isEqual(a.getBytes(UTF_8), b.getBytes(UTF_8));
    }
}
