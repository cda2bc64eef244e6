package coffer.select.value;

import coffer.api.CosError;
import coffer.api.CosException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The encoding of objects. */
public final class Utf8 {
    private Utf8() {}

    /**
     * Bytes as text.
     *
     * @throws CosException {@code InvalidTextEncoding}
     */
    public static String strict(byte[] bytes, int from, int to) {
        if (isAscii(bytes, from, to)) {
            return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, to - from))
                    .toString();
        } catch (CharacterCodingException e) {
            throw CosError.INVALID_TEXT_ENCODING.exception();
        }
    }

    /**
     * Does nothing if bytes are text.
     *
     * @throws CosException {@code InvalidTextEncoding}
     */
    public static void check(byte[] bytes, int from, int to) {
        if (!isAscii(bytes, from, to)) {
            String ignored = strict(bytes, from, to);
            assert ignored.length() <= to - from;
        }
    }

    /** Bytes as text, where those that are none do no harm. */
    static String lenient(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    private static boolean isAscii(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] < 0) {
                return false;
            }
        }
        return true;
    }
}
