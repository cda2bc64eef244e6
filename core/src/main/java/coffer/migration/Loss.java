package coffer.migration;

import coffer.store.Row;
import coffer.store.RowKey;

/**
 * Something that is not in the new store as it is, or should be, in the old one.
 *
 * @param row its row
 * @param problem a clause
 */
public record Loss(RowKey row, String problem) {
    static Loss of(Row row, String problem) {
        return new Loss(row.key(), problem);
    }
}
