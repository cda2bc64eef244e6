package coffer.http;

/** Which octets may stand where. Source: RFC 9110 section 5.5 and 5.6.2, RFC 9112 section 3.2, RFC 3986 section 3.2.2. */
final class Octets {
    private static final int TOKEN = 1;
    private static final int FIELD = 2;
    private static final int TARGET = 4;
    private static final int HOST = 8;
    private static final byte[] CLASSES = new byte[256];

    static {
        for (int octet = 0x21; octet < 256; octet++) {
            CLASSES[octet] = (byte) (octet == 0x7f ? 0 : FIELD | TARGET);
        }
        CLASSES[' '] = FIELD;
        CLASSES['\t'] = FIELD;
        for (int octet = 0; octet < 128; octet++) {
            if (Character.isLetterOrDigit(octet)) {
                CLASSES[octet] |= (byte) (TOKEN | HOST);
            }
        }
        mark("!#$%&'*+-.^_`|~", TOKEN);
        mark("-._~:[]%!$&'()*+,;=", HOST);
    }

    private Octets() {}

    private static void mark(String characters, int bit) {
        for (int i = 0; i < characters.length(); i++) {
            CLASSES[characters.charAt(i)] |= (byte) bit;
        }
    }

    /** Whether all are characters of a method or a header name, and there is at least one. */
    static boolean isToken(byte[] bytes, int from, int to) {
        return from < to && all(bytes, from, to, TOKEN);
    }

    /** Whether a header value may consist of them: no control characters but the tab. */
    static boolean isFieldValue(byte[] bytes, int from, int to) {
        return all(bytes, from, to, FIELD);
    }

    /** Whether a request target may consist of them: no blanks, no control characters; UTF-8 is tolerated. */
    static boolean isTarget(byte[] bytes, int from, int to) {
        return from < to && all(bytes, from, to, TARGET);
    }

    /** Whether the text can be a host and a port. */
    static boolean isHost(String text) {
        return all(text, HOST);
    }

    /** Whether the text can be a header name. */
    static boolean isToken(String text) {
        return !text.isEmpty() && all(text, TOKEN);
    }

    /** Whether the text can be sent as a header value; above ASCII it is sent as UTF-8. */
    static boolean isFieldValue(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 128 && (CLASSES[c] & FIELD) == 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean all(byte[] bytes, int from, int to, int bit) {
        for (int i = from; i < to; i++) {
            if ((CLASSES[bytes[i] & 0xff] & bit) == 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean all(String text, int bit) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > 127 || (CLASSES[c] & bit) == 0) {
                return false;
            }
        }
        return true;
    }
}
