package coffer.store;

import java.util.Optional;

/**
 * What the caller of a commit saw and relies on. Values are compared byte by byte, so a value that can recur must carry
 * something that makes it unique (a version or commit id).
 *
 * @param value the bytes the row held, empty if there was no row
 */
public record Expected(char kind, String suffix, Optional<byte[]> value) {
    /** The row is still as it was read. */
    public static Expected same(Row row) {
        return new Expected(row.key().kind(), row.key().suffix(), Optional.of(row.value()));
    }

    /** There is still no such row. */
    public static Expected absent(RowKey row) {
        return new Expected(row.kind(), row.suffix(), Optional.empty());
    }

    /** The row is still as it was read, or still absent. */
    public static Expected of(RowKey key, Optional<Row> row) {
        return row.map(Expected::same).orElseGet(() -> absent(key));
    }
}
