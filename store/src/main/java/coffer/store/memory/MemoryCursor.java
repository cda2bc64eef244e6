package coffer.store.memory;

import coffer.store.Row;
import coffer.store.RowCursor;
import coffer.store.RowGroup;
import coffer.store.RowKey;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;

/** Walks the sorted map. */
final class MemoryCursor implements RowCursor {
    private final NavigableMap<RowKey, Row> rows;
    private final String space;
    private final char kind;
    private Iterator<Row> ahead = List.<Row>of().iterator();

    MemoryCursor(NavigableMap<RowKey, Row> rows, String space, char kind) {
        this.rows = rows;
        this.space = space;
        this.kind = kind;
    }

    @Override
    public Optional<Row> next() {
        if (!ahead.hasNext()) {
            return Optional.empty();
        }
        Row row = ahead.next();
        boolean within = row.key().group().space().equals(space) && row.key().kind() == kind;
        return within ? Optional.of(row) : Optional.empty();
    }

    @Override
    public void seek(String key, String suffix) {
        ahead = rows.tailMap(new RowKey(new RowGroup(space, key), kind, suffix), true)
                .values()
                .iterator();
    }

    @Override
    public void close() {
        ahead = List.<Row>of().iterator();
    }
}
