package coffer.address;

import coffer.api.CosError;
import coffer.api.CosException;

/** The rules of object keys. Source: COS docs, "Object Overview". */
public final class ObjectKey {
    /** The longest key that COS clients may write, in bytes of UTF-8. */
    public static final int MAX_BYTES = 850;

    /** The longest key that S3 clients may write. Source: S3 docs, "Naming Amazon S3 objects". */
    public static final int MAX_S3_BYTES = 1024;

    private ObjectKey() {}

    /**
     * Checks a key that a COS client writes.
     *
     * @throws CosException as {@link #check(String, int)}
     */
    public static void check(String key) {
        check(key, MAX_BYTES);
    }

    /**
     * Checks a decoded key; nothing in it is changed, also not {@code .}, {@code ..} and {@code //}.
     *
     * @param maxBytes of UTF-8
     * @throws CosException {@code KeyTooLong} if it is longer, {@code InvalidObjectName} if it is empty or has
     *     one of the control characters 24 to 27
     */
    public static void check(String key, int maxBytes) {
        int bytes = 0;
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            if (c >= 24 && c <= 27) {
                throw CosError.INVALID_OBJECT_NAME.exception();
            }
            bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        if (bytes > maxBytes) {
            throw CosError.KEY_TOO_LONG.because("Your key is too long: " + maxBytes + " bytes of UTF-8 are the most.");
        }
        if (bytes == 0) {
            throw CosError.INVALID_OBJECT_NAME.because("The object key is empty.");
        }
    }
}
