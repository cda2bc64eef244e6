package coffer.store.local;

import coffer.store.Row;
import coffer.store.RowCursor;
import java.util.Optional;
import org.rocksdb.RocksIterator;

/** A cursor over the index as it is when the cursor is made. */
final class IndexCursor implements RowCursor {
    private final String space;
    private final char kind;
    private final byte[] prefix;
    private final RocksIterator entries;

    IndexCursor(RocksIterator entries, String space, char kind, String key, String suffix) {
        this.space = space;
        this.kind = kind;
        this.prefix = RowKeys.prefix(space, kind);
        this.entries = entries;
        entries.seek(RowKeys.encode(space, kind, key, suffix));
    }

    @Override
    public Optional<Row> next() {
        if (!RowIndex.isAt(entries, prefix)) {
            return Optional.empty();
        }
        Row row = RowIndex.row(RowKeys.decode(space, kind, prefix.length, entries.key()), entries.value());
        entries.next();
        return Optional.of(row);
    }

    @Override
    public void seek(String key, String suffix) {
        entries.seek(RowKeys.encode(space, kind, key, suffix));
    }

    @Override
    public void close() {
        entries.close();
    }
}
