package coffer.api;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Percent-encoding as COS and its clients do it. */
public final class PercentCode {
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private PercentCode() {}

    /**
     * Decodes a path: {@code %XX} once, as UTF-8; {@code +} stays a plus.
     *
     * @throws CosException {@code InvalidURI} if an escape is broken or the result is not UTF-8
     */
    public static String decodePath(String raw) {
        return decode(raw, false);
    }

    /**
     * Decodes a query name or value: as {@link #decodePath}, but {@code +} is a blank.
     *
     * @throws CosException {@code InvalidURI} if an escape is broken or the result is not UTF-8
     */
    public static String decodeForm(String raw) {
        return decode(raw, true);
    }

    /** Encodes every UTF-8 octet but the unreserved {@code A-Z a-z 0-9 - _ . ~} as {@code %XX} in upper case. */
    public static String encode(String text) {
        return encode(text, false);
    }

    /** As {@link #encode(String)}, but leaves {@code /} bare: keys in listings and locations. */
    public static String encodeKey(String text) {
        return encode(text, true);
    }

    private static String encode(String text, boolean keepSlash) {
        if (isPlain(text, keepSlash)) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xff);
            if (isUnreserved(c) || (keepSlash && c == '/')) {
                out.append(c);
            } else {
                out.append('%').append(HEX[c >> 4]).append(HEX[c & 15]);
            }
        }
        return out.toString();
    }

    private static boolean isPlain(String text, boolean keepSlash) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isUnreserved(c) && !(keepSlash && c == '/')) {
                return false;
            }
        }
        return true;
    }

    private static boolean isUnreserved(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '_'
                || c == '.'
                || c == '~';
    }

    private static String decode(String raw, boolean plusIsBlank) {
        if (raw.indexOf('%') < 0 && (!plusIsBlank || raw.indexOf('+') < 0)) {
            return raw;
        }
        byte[] in = raw.getBytes(StandardCharsets.UTF_8);
        ByteBuffer out = ByteBuffer.allocate(in.length);
        for (int i = 0; i < in.length; i++) {
            if (in[i] == '%') {
                int high = i + 2 < in.length ? Character.digit(in[i + 1], 16) : -1;
                int low = i + 2 < in.length ? Character.digit(in[i + 2], 16) : -1;
                if (high < 0 || low < 0) {
                    throw CosError.INVALID_URI.because("The URI has an escape that is not %XX.");
                }
                out.put((byte) (high << 4 | low));
                i += 2;
            } else {
                out.put(plusIsBlank && in[i] == '+' ? (byte) ' ' : in[i]);
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(out.flip()).toString();
        } catch (CharacterCodingException e) {
            throw CosError.INVALID_URI.because("The URI is not UTF-8 once its escapes are decoded.");
        }
    }
}
