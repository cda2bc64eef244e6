package coffer.migration;

import coffer.store.Row;
import coffer.store.RowKey;
import java.util.Optional;

/**
 * How far a {@link RowWalk} is: all rows up to one are done, and none behind it that counts.
 *
 * @param behind the last one that is done; empty before the first
 * @param rows how many were found to be there
 * @param bytes how long the objects and parts among those done are
 */
public record Position(Optional<RowKey> behind, long rows, long bytes) {
    static final Position START = new Position(Optional.empty(), 0, 0);

    Position after(Row row, boolean counts) {
        return new Position(Optional.of(row.key()), rows + (counts ? 1 : 0), bytes + StoreSize.bytes(row));
    }
}
