package coffer.encryption;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.request.Digests;
import java.security.MessageDigest;
import java.util.Base64;

/**
 * A key that a customer sends with each request and that is never stored.
 *
 * @param bytes 32, not to be changed
 * @param md5 base64 of their MD5, as it was sent, to be answered
 */
public record CustomerKey(byte[] bytes, String md5) {
    /** The one algorithm there is. */
    static final String ALGORITHM = "AES256";

    /**
     * Reads the values of the three headers.
     *
     * @throws CosException {@code SSEContentNotSupported} for another algorithm; {@code InvalidArgument} if the key is not
     *     base64 of 32 bytes or its MD5 another one
     */
    static CustomerKey parse(String algorithm, String key, String md5) {
        if (!algorithm.equals(ALGORITHM)) {
            throw CosError.SSE_CONTENT_NOT_SUPPORTED.because("A customer's key is for the algorithm AES256 only.");
        }
        byte[] bytes = decode(key, "The customer's key must be the base64 of 32 bytes.");
        if (bytes.length != Derivation.KEY_BYTES) {
            throw CosError.INVALID_ARGUMENT.because("The customer's key must be the base64 of 32 bytes.");
        }
        byte[] sent = decode(md5, "The MD5 of the customer's key must be the base64 of 16 bytes.");
        if (!MessageDigest.isEqual(sent, Digests.md5().digest(bytes))) {
            throw CosError.INVALID_ARGUMENT.because("The MD5 of the customer's key is another one than was sent.");
        }
        return new CustomerKey(bytes, md5);
    }

    private static byte[] decode(String base64, String problem) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw CosError.INVALID_ARGUMENT.because(problem);
        }
    }

    @Override
    public String toString() {
        return "CustomerKey[***]";
    }
}
