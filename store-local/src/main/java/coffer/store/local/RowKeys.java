package coffer.store.local;

import coffer.store.RowGroup;
import coffer.store.RowKey;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Row addresses as keys of the index, so that bytes sort as rows do:
 *
 * <pre>
 * 'R' space 00 kind key' 01 01 suffix
 * </pre>
 *
 * <p>{@code key'} is the group's key in UTF-8 with 00 written as 01 02 and 01 as 01 03: the end mark 01 01 sorts before
 * every continuation, so a key comes before those it is a prefix of.
 */
final class RowKeys {
    private static final byte TABLE = 'R';

    private RowKeys() {}

    static byte[] encode(RowKey key) {
        return encode(key.group().space(), key.kind(), key.group().key(), key.suffix());
    }

    static byte[] encode(String space, char kind, String key, String suffix) {
        byte[] prefix = prefix(space, kind);
        byte[] text = key.getBytes(StandardCharsets.UTF_8);
        byte[] end = suffix.getBytes(StandardCharsets.UTF_8);
        int escapes = 0;
        for (byte octet : text) {
            escapes += octet == 0 || octet == 1 ? 1 : 0;
        }
        byte[] out = Arrays.copyOf(prefix, prefix.length + text.length + escapes + 2 + end.length);
        int at = prefix.length;
        for (byte octet : text) {
            if (octet == 0 || octet == 1) {
                out[at++] = 1;
                out[at++] = (byte) (octet + 2);
            } else {
                out[at++] = octet;
            }
        }
        out[at++] = 1;
        out[at++] = 1;
        System.arraycopy(end, 0, out, at, end.length);
        return out;
    }

    /** What the keys of all rows of a space begin with. */
    static byte[] prefix(String space) {
        byte[] name = space.getBytes(StandardCharsets.UTF_8);
        byte[] prefix = new byte[name.length + 2];
        prefix[0] = TABLE;
        System.arraycopy(name, 0, prefix, 1, name.length);
        return prefix;
    }

    /** What comes behind the keys of all rows of a space. */
    static byte[] behind(String space) {
        byte[] end = prefix(space);
        end[end.length - 1] = 1;
        return end;
    }

    /** The space that the key of a row is of. */
    static String space(byte[] encoded) {
        int end = 1;
        while (encoded[end] != 0) {
            end++;
        }
        return new String(encoded, 1, end - 1, StandardCharsets.UTF_8);
    }

    /** What the keys of all rows of a space and kind begin with. */
    static byte[] prefix(String space, char kind) {
        byte[] start = prefix(space);
        byte[] prefix = Arrays.copyOf(start, start.length + 1);
        prefix[start.length] = (byte) kind;
        return prefix;
    }

    /**
     * The row that an index key is of.
     *
     * @param from how long {@link #prefix(String, char)} is
     */
    static RowKey decode(String space, char kind, int from, byte[] encoded) {
        int end = from;
        boolean escaped = false;
        while (encoded[end] != 1 || encoded[end + 1] != 1) {
            escaped |= encoded[end] == 1;
            end += encoded[end] == 1 ? 2 : 1;
        }
        String key =
                escaped ? unescaped(encoded, from, end) : new String(encoded, from, end - from, StandardCharsets.UTF_8);
        String suffix = new String(encoded, end + 2, encoded.length - end - 2, StandardCharsets.UTF_8);
        return new RowGroup(space, key).row(kind, suffix);
    }

    private static String unescaped(byte[] encoded, int from, int end) {
        ByteArrayOutputStream key = new ByteArrayOutputStream(end - from);
        int i = from;
        while (i < end) {
            if (encoded[i] == 1) {
                key.write(encoded[i + 1] - 2);
                i += 2;
            } else {
                key.write(encoded[i++]);
            }
        }
        return key.toString(StandardCharsets.UTF_8);
    }
}
