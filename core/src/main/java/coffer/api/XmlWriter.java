package coffer.api;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes the XML documents of COS: no namespaces, no attributes but where an ACL needs them, elements in the order they
 * are called for.
 *
 * <p>Written out rather than taken from a library because listings are bound by it and because of three details of the
 * clients: quotes in text are escaped (the Go client falls back to matching that text), a carriage return is
 * a numeric reference (the Java client), and characters XML 1.0 cannot carry become numeric references. Bytes are written
 * at once and run by run: a page of 1,000 keys takes half the time it takes by way of a string.
 */
public final class XmlWriter {
    /** ASCII characters that stand for themselves in text. */
    private static final boolean[] PLAIN = plain();

    private byte[] out;
    private int length;

    /** A document with its declaration. */
    public XmlWriter() {
        this(512);
    }

    /**
     * A document with its declaration.
     *
     * @param expectedBytes how long it will become, about
     */
    public XmlWriter(int expectedBytes) {
        out = new byte[expectedBytes];
        ascii("<?xml version='1.0' encoding='utf-8' ?>\n");
    }

    public XmlWriter open(String element) {
        octet('<');
        ascii(element);
        octet('>');
        return this;
    }

    public XmlWriter close(String element) {
        octet('<');
        octet('/');
        ascii(element);
        octet('>');
        return this;
    }

    /** An element with text; without text it closes itself. */
    public XmlWriter element(String element, String text) {
        if (text.isEmpty()) {
            return empty(element);
        }
        open(element);
        escape(text);
        return close(element);
    }

    public XmlWriter element(String element, long number) {
        open(element);
        ascii(Long.toString(number));
        return close(element);
    }

    public XmlWriter element(String element, boolean value) {
        open(element);
        ascii(Boolean.toString(value));
        return close(element);
    }

    public XmlWriter empty(String element) {
        octet('<');
        ascii(element);
        octet('/');
        octet('>');
        return this;
    }

    /** An opening tag with attributes from name, value, name, value ... */
    public XmlWriter openWith(String element, String... attributes) {
        octet('<');
        ascii(element);
        for (int i = 0; i < attributes.length; i += 2) {
            octet(' ');
            ascii(attributes[i]);
            ascii("=\"");
            escape(attributes[i + 1]);
            octet('"');
        }
        octet('>');
        return this;
    }

    /** The document as far as it is written, in UTF-8. */
    public byte[] toBytes() {
        return Arrays.copyOf(out, length);
    }

    @Override
    public String toString() {
        return new String(out, 0, length, StandardCharsets.UTF_8);
    }

    private void escape(String text) {
        int at = 0;
        while (at < text.length()) {
            int end = endOfRun(text, at);
            if (end > at) {
                copy(text, at, end);
                at = end;
            } else {
                at = escapeOne(text, at);
            }
        }
    }

    private static int endOfRun(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) < 128 && PLAIN[text.charAt(at)]) {
            at++;
        }
        return at;
    }

    /** Writes the character at a position that does not stand for itself; where the next one is. */
    private int escapeOne(String text, int at) {
        char c = text.charAt(at);
        int next = at + 1;
        switch (c) {
            case '&' -> ascii("&amp;");
            case '<' -> ascii("&lt;");
            case '>' -> ascii("&gt;");
            case '"' -> ascii("&quot;");
            default -> {
                if (c < 128 || c == '\ufffe' || c == '\uffff') {
                    ascii("&#" + (int) c + ";");
                } else {
                    next = text.offsetByCodePoints(at, 1);
                    octets(text.substring(at, next).getBytes(StandardCharsets.UTF_8));
                }
            }
        }
        return next;
    }

    private static boolean[] plain() {
        boolean[] plain = new boolean[128];
        Arrays.fill(plain, ' ', plain.length, true);
        for (char special : new char[] {'&', '<', '>', '"'}) {
            plain[special] = false;
        }
        plain['\t'] = true;
        plain['\n'] = true;
        return plain;
    }

    private void octet(char ascii) {
        ensure(1);
        out[length++] = (byte) ascii;
    }

    private void octets(byte[] bytes) {
        ensure(bytes.length);
        System.arraycopy(bytes, 0, out, length, bytes.length);
        length += bytes.length;
    }

    private void ascii(String text) {
        copy(text, 0, text.length());
    }

    /** The one method of a string that copies ASCII without making something first is deprecated for other texts. */
    @SuppressWarnings("deprecation")
    private void copy(String ascii, int from, int to) {
        ensure(to - from);
        ascii.getBytes(from, to, out, length);
        length += to - from;
    }

    private void ensure(int more) {
        if (out.length - length < more) {
            out = Arrays.copyOf(out, Math.max(2 * out.length, length + more));
        }
    }
}
