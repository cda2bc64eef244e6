package coffer.s3;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;

/** The namespace that documents of S3 are in, and those of COS are not. */
public final class S3Xml {
    private static final byte[] NAMESPACE = " xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"".getBytes(ISO_8859_1);

    private S3Xml() {}

    /** The document with its root element, and so all others, in the namespace. */
    public static byte[] inNamespace(byte[] document) {
        int start = rootName(document);
        if (start < 0) {
            return document;
        }
        int end = start;
        while (end < document.length && isName(document[end])) {
            end++;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(document.length + NAMESPACE.length);
        out.write(document, 0, end);
        out.writeBytes(NAMESPACE);
        out.write(document, end, document.length - end);
        return out.toByteArray();
    }

    /** Behind the declaration; -1 without a root. */
    private static int rootName(byte[] document) {
        for (int i = 0; i + 1 < document.length; i++) {
            if (document[i] == '<' && isName(document[i + 1])) {
                return i + 1;
            }
        }
        return -1;
    }

    private static boolean isName(byte octet) {
        return (octet >= 'a' && octet <= 'z') || (octet >= 'A' && octet <= 'Z') || (octet >= '0' && octet <= '9');
    }
}
