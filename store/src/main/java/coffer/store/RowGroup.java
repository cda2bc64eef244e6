package coffer.store;

import java.util.Objects;

/**
 * The rows that commit atomically together: all rows of one key in one space.
 *
 * @param space a name space, for instance the id of a bucket: 1 to 64 characters of {@code [a-z0-9-]}
 * @param key the key within the space, for instance an object key; any text without lone surrogates, may be empty.
 *     Keys are ordered by their UTF-8 bytes, unsigned
 */
public record RowGroup(String space, String key) {
    public RowGroup {
        Objects.requireNonNull(key);
        if (space.isEmpty() || space.length() > 64) {
            throw new IllegalArgumentException("a space is named by 1 to 64 characters: " + space);
        }
    }

    /**
     * Compares keys as rows are ordered: by UTF-8 bytes, which is the order of code points and not that of
     * {@link String}.
     */
    public static int compareKeys(String a, String b) {
        int limit = Math.min(a.length(), b.length());
        for (int i = 0; i < limit; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                boolean bothOrNone = Character.isSurrogate(x) == Character.isSurrogate(y);
                return bothOrNone ? x - y : (Character.isSurrogate(x) ? 1 : -1);
            }
        }
        return a.length() - b.length();
    }

    /** The row of this group with the given kind and suffix. */
    public RowKey row(char kind, String suffix) {
        return new RowKey(this, kind, suffix);
    }

    /** The row of this group with the given kind and an empty suffix. */
    public RowKey row(char kind) {
        return new RowKey(this, kind, "");
    }
}
