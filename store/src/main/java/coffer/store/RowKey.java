package coffer.store;

import java.util.Objects;

/**
 * The address of a row. Rows of one space and kind are ordered by group key, then by suffix, both by their UTF-8 bytes.
 *
 * @param group the group the row commits with
 * @param kind what the row holds, an ASCII letter that the caller chooses; rows of one kind are scanned together
 * @param suffix tells rows of one group and kind apart, may be empty; ASCII without control characters, at most 100
 *     characters
 */
public record RowKey(RowGroup group, char kind, String suffix) {
    public RowKey {
        Objects.requireNonNull(group);
        if (kind < 'A' || kind > 'z') {
            throw new IllegalArgumentException("a kind is an ASCII letter: " + kind);
        }
        if (suffix.length() > 100) {
            throw new IllegalArgumentException("a suffix has at most 100 characters: " + suffix);
        }
    }
}
