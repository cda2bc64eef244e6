package coffer.address;

import coffer.api.CosError;
import coffer.api.CosException;

/** The rules of object keys. Source: COS docs, "Object Overview". */
public final class ObjectKey {
    private static final int MAX_BYTES = 850;

    private ObjectKey() {}

    /**
     * Checks a decoded key; nothing in it is changed, also not {@code .}, {@code ..} and {@code //}.
     *
     * @throws CosException {@code KeyTooLong} over 850 bytes of UTF-8, {@code InvalidObjectName} if it is empty or has
     *     one of the control characters 24 to 27
     */
    public static void check(String key) {
        int bytes = 0;
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            if (c >= 24 && c <= 27) {
                throw CosError.INVALID_OBJECT_NAME.exception();
            }
            bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        if (bytes > MAX_BYTES) {
            throw CosError.KEY_TOO_LONG.exception();
        }
        if (bytes == 0) {
            throw CosError.INVALID_OBJECT_NAME.because("The object key is empty.");
        }
    }
}
