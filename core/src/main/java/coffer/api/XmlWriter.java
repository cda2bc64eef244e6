package coffer.api;

import java.nio.charset.StandardCharsets;

/**
 * Writes the XML documents of COS: no namespaces, no attributes but where an ACL needs them, elements in the order they
 * are called for.
 *
 * <p>Written out rather than taken from a library because listings are bound by it and because of three details of the
 * clients: quotes in text are escaped (the Go client falls back to matching that text), a carriage return is
 * a numeric reference (the Java client), and characters XML 1.0 cannot carry become numeric references.
 */
public final class XmlWriter {
    private final StringBuilder out = new StringBuilder(512);

    /** A document with its declaration. */
    public XmlWriter() {
        out.append("<?xml version='1.0' encoding='utf-8' ?>\n");
    }

    public XmlWriter open(String element) {
        out.append('<').append(element).append('>');
        return this;
    }

    public XmlWriter close(String element) {
        out.append("</").append(element).append('>');
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
        out.append(number);
        return close(element);
    }

    public XmlWriter element(String element, boolean value) {
        open(element);
        out.append(value);
        return close(element);
    }

    public XmlWriter empty(String element) {
        out.append('<').append(element).append("/>");
        return this;
    }

    /** An opening tag with attributes from name, value, name, value ... */
    public XmlWriter openWith(String element, String... attributes) {
        out.append('<').append(element);
        for (int i = 0; i < attributes.length; i += 2) {
            out.append(' ').append(attributes[i]).append("=\"");
            escape(attributes[i + 1]);
            out.append('"');
        }
        out.append('>');
        return this;
    }

    public byte[] toBytes() {
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return out.toString();
    }

    private void escape(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                default -> {
                    if ((c < ' ' && c != '\t' && c != '\n') || c == 0xfffe || c == 0xffff) {
                        out.append("&#").append((int) c).append(';');
                    } else {
                        out.append(c);
                    }
                }
            }
        }
    }
}
