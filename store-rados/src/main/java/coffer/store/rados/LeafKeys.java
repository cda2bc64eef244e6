package coffer.store.rados;

import coffer.store.BlobId;
import coffer.store.RowGroup;
import coffer.store.RowKey;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The keys of a leaf's map, so that bytes sort as rows do. No key has a NUL, which would end it as a place to go on from:
 *
 * <pre>
 * '!'                    the header
 * '#' group blob         a blob that a row of the group names, or no longer, or never may
 * '$' group blob         a blob to be freed
 * '%' kind group suffix  the body of a row
 * kind group suffix      a row
 * </pre>
 *
 * <p>{@code group} is the group's key in UTF-8 with 00 written as 01 02 and 01 as 01 03, and 01 01 behind it, which sorts
 * before every continuation: a key comes before those it is a prefix of. {@code blob} is 16 hexadecimal digits.
 */
final class LeafKeys {
    static final byte[] HEADER = {'!'};
    static final byte BLOB = '#';
    static final byte GARBAGE = '$';
    static final byte BODY = '%';

    /** Behind every group. */
    static final byte[] END = {(byte) 0xff};

    private static final byte MARK = 1;

    private LeafKeys() {}

    /** A group as it stands in keys, and as the bounds of leaves are written. */
    static byte[] group(String key) {
        byte[] text = key.getBytes(StandardCharsets.UTF_8);
        int escapes = 0;
        for (byte octet : text) {
            escapes += octet == 0 || octet == MARK ? 1 : 0;
        }
        byte[] out = new byte[text.length + escapes + 2];
        int at = 0;
        for (byte octet : text) {
            if (octet == 0 || octet == MARK) {
                out[at++] = MARK;
                out[at++] = (byte) (octet + 2);
            } else {
                out[at++] = octet;
            }
        }
        out[at] = MARK;
        out[at + 1] = MARK;
        return out;
    }

    static byte[] row(char kind, byte[] group, String suffix) {
        return join(new byte[] {(byte) kind}, group, suffix.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] body(byte[] row) {
        return join(new byte[] {BODY}, row);
    }

    static byte[] blob(byte[] group, BlobId id) {
        return join(new byte[] {BLOB}, group, hex(id));
    }

    static byte[] garbage(byte[] group, BlobId id) {
        return join(new byte[] {GARBAGE}, group, hex(id));
    }

    private static byte[] hex(BlobId id) {
        return "%016x".formatted(id.value()).getBytes(StandardCharsets.US_ASCII);
    }

    /** The blob that a key of {@link #blob} or {@link #garbage} names. */
    static BlobId blobOf(byte[] key) {
        String digits = new String(key, key.length - 16, 16, StandardCharsets.US_ASCII);
        return new BlobId(Long.parseUnsignedLong(digits, 16));
    }

    /** The group in any key but the header's. */
    static byte[] groupOf(byte[] key) {
        int from = key[0] == BODY ? 2 : 1;
        return Arrays.copyOfRange(key, from, groupEnd(key, from));
    }

    private static int groupEnd(byte[] key, int from) {
        int at = from;
        while (key[at] != MARK || key[at + 1] != MARK) {
            at += key[at] == MARK ? 2 : 1;
        }
        return at + 2;
    }

    /** The row that a key is of. */
    static RowKey rowOf(String space, byte[] key) {
        int end = groupEnd(key, 1);
        String suffix = new String(key, end, key.length - end, StandardCharsets.UTF_8);
        return new RowGroup(space, text(key, 1, end - 2)).row((char) key[0], suffix);
    }

    private static String text(byte[] key, int from, int to) {
        ByteArrayOutputStream text = new ByteArrayOutputStream(to - from);
        int at = from;
        while (at < to) {
            if (key[at] == MARK) {
                text.write(key[at + 1] - 2);
                at += 2;
            } else {
                text.write(key[at++]);
            }
        }
        return text.toString(StandardCharsets.UTF_8);
    }

    /**
     * The key to go on behind, so that the first key met is this one or, if it is not there, the next. There is no key in
     * between: none has a NUL or the octet ff.
     */
    static byte[] before(byte[] key) {
        byte last = key[key.length - 1];
        byte[] before = Arrays.copyOf(key, last == 1 ? key.length - 1 : key.length + 1);
        if (last != 1) {
            before[key.length - 1] = (byte) (last - 1);
            before[key.length] = (byte) 0xff;
        }
        return before;
    }

    static byte[] join(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        byte[] out = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, out, at, part.length);
            at += part.length;
        }
        return out;
    }

    /** Compares octets, unsigned. */
    static int compare(byte[] a, byte[] b) {
        return Arrays.compareUnsigned(a, b);
    }
}
