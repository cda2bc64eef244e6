package coffer.awssignature;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The functions that signatures of AWS are made of. */
final class AwsHmac {
    private static final String HMAC_SHA1 = "HmacSHA1";
    private static final String HMAC_SHA256 = "HmacSHA256";

    /** Looking an algorithm up costs more than the algorithm; copies of these are used. */
    private static final Mac SHA1 = mac(HMAC_SHA1);

    private static final Mac SHA256 = mac(HMAC_SHA256);
    private static final MessageDigest DIGEST = newDigest();

    /** SHA-256 of nothing, in hex. */
    static final String EMPTY_DIGEST = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private AwsHmac() {}

    static byte[] sha1(byte[] key, String message) {
        return of(SHA1, HMAC_SHA1, key, message);
    }

    static byte[] sha256(byte[] key, String message) {
        return of(SHA256, HMAC_SHA256, key, message);
    }

    /** HMAC-SHA256 in lower-case hex. */
    static String sha256Hex(byte[] key, String message) {
        return HexFormat.of().formatHex(sha256(key, message));
    }

    /** SHA-256 in lower-case hex. */
    static String digest(String text) {
        try {
            return HexFormat.of().formatHex(((MessageDigest) DIGEST.clone()).digest(text.getBytes(UTF_8)));
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("SHA-256 of the Java platform can be copied", e);
        }
    }

    /** A SHA-256 to be fed. */
    static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Compares without telling by its time where texts differ. */
    static boolean equal(String a, String b) {
        return MessageDigest.isEqual(a.getBytes(UTF_8), b.getBytes(UTF_8));
    }

    private static byte[] of(Mac prototype, String algorithm, byte[] key, String message) {
        try {
            Mac mac = (Mac) prototype.clone();
            mac.init(new SecretKeySpec(key, algorithm));
            return mac.doFinal(message.getBytes(UTF_8));
        } catch (CloneNotSupportedException | GeneralSecurityException e) {
            throw new IllegalStateException("HMACs of the Java platform can be copied and take any key", e);
        }
    }

    private static Mac mac(String algorithm) {
        try {
            return Mac.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }
}
