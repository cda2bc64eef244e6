package coffer.signature;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The two functions COS signatures are made of, on and to lower-case hex. */
final class Hmac {
    private static final String HMAC_SHA1 = "HmacSHA1";

    /** Looking an algorithm up costs more than the algorithm; copies of these two are used. */
    private static final Mac MAC = mac();

    private static final MessageDigest DIGEST = messageDigest();

    private Hmac() {}

    private static Mac mac() {
        try {
            return Mac.getInstance(HMAC_SHA1);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has HmacSHA1", e);
        }
    }

    private static MessageDigest messageDigest() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }

    /** HMAC-SHA1 in hex; keys are text, also where they are hex themselves. */
    static String sha1(String key, String message) {
        try {
            Mac mac = (Mac) MAC.clone();
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), HMAC_SHA1));
            return HexFormat.of().formatHex(mac.doFinal(message.getBytes(StandardCharsets.UTF_8)));
        } catch (CloneNotSupportedException | GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA1 of the Java platform can be copied and takes any key", e);
        }
    }

    /** SHA-1 in hex. */
    static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(((MessageDigest) DIGEST.clone()).digest(bytes));
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("SHA-1 of the Java platform can be copied", e);
        }
    }

    /** Compares without telling by its time where texts differ. */
    static boolean equal(String a, String b) {
        return MessageDigest.isEqual(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }
}
