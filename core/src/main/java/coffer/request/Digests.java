package coffer.request;

import coffer.api.CosError;
import coffer.api.CosException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The digests that requests name. */
public final class Digests {
    private Digests() {}

    public static MessageDigest md5() {
        return of("MD5");
    }

    public static MessageDigest sha1() {
        return of("SHA-1");
    }

    /**
     * Reads a Content-MD5 header.
     *
     * @return 16 bytes
     * @throws CosException {@code InvalidDigest} if it is not the base64 of 16 bytes
     */
    public static byte[] contentMd5(String header) {
        try {
            byte[] digest = Base64.getDecoder().decode(header);
            if (digest.length == 16) {
                return digest;
            }
        } catch (IllegalArgumentException e) {
            // not base64: the same error as the wrong length
        }
        throw CosError.INVALID_DIGEST.exception();
    }

    private static MessageDigest of(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }
}
