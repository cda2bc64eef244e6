package coffer.store;

import java.util.Optional;

/**
 * What the caller of a commit saw and relies on. Values are compared byte by byte, so a value that can recur must carry
 * something that makes it unique (a version or commit id).
 *
 * @param row the row as it was read, empty if there was none
 */
public record Expected(char kind, String suffix, Optional<Row> row) {
    /** The row is still as it was read. */
    public static Expected same(Row row) {
        return new Expected(row.key().kind(), row.key().suffix(), Optional.of(row));
    }

    /** There is still no such row. */
    public static Expected absent(RowKey row) {
        return new Expected(row.kind(), row.suffix(), Optional.empty());
    }

    /** The row is still as it was read, or still absent. */
    public static Expected of(RowKey key, Optional<Row> row) {
        return new Expected(key.kind(), key.suffix(), row);
    }
}
