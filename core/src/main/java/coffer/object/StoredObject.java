package coffer.object;

import coffer.store.Row;

/**
 * An object as it was found.
 *
 * @param row its row, to be named in a commit as what is expected to be there still
 * @param version what the row says
 */
public record StoredObject(Row row, ObjectVersion version) {
    public String key() {
        return row.key().group().key();
    }
}
