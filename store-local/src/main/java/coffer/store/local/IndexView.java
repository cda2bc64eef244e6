package coffer.store.local;

import coffer.store.RowCursor;
import coffer.store.RowView;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.Snapshot;

/** The index as it is when the view is made. */
final class IndexView implements RowView {
    private final RocksDB db;
    private final Snapshot snapshot;
    private final ReadOptions options;

    IndexView(RocksDB db) {
        this.db = db;
        this.snapshot = db.getSnapshot();
        this.options = new ReadOptions().setSnapshot(snapshot);
    }

    @Override
    public RowCursor scan(String space, char kind, String fromKey, String fromSuffix) {
        return new IndexCursor(db.newIterator(options), space, kind, fromKey, fromSuffix);
    }

    @Override
    public void close() {
        options.close();
        db.releaseSnapshot(snapshot);
        snapshot.close();
    }
}
