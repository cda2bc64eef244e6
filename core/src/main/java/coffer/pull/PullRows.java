package coffer.pull;

import coffer.bucket.Bucket;
import coffer.store.Change;
import coffer.store.Commit;
import coffer.store.MetadataStore;
import coffer.store.Row;
import coffer.store.RowCursor;
import coffer.store.RowGroup;
import coffer.store.RowKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is to be fetched behind the backs of clients: a row {@code f} in the group of its key. Thread-safe. */
final class PullRows {
    private static final char FETCH = 'f';

    private final MetadataStore metadata;

    PullRows(MetadataStore metadata) {
        this.metadata = metadata;
    }

    /** One of them. */
    record Wanted(RowKey row, Ask ask) {
        String key() {
            return row.group().key();
        }
    }

    /** Keeps what is wanted, instead of an earlier wish for the same key. */
    void put(Bucket bucket, String key, Ask ask) {
        boolean _ = metadata.commit(Commit.put(new RowGroup(bucket.space(), key).row(FETCH), ask.toBytes()));
    }

    /** Whether a key is wanted already. */
    boolean has(Bucket bucket, String key) {
        return metadata.get(new RowGroup(bucket.space(), key).row(FETCH)).isPresent();
    }

    /** The first ones of a bucket. */
    List<Wanted> first(Bucket bucket, int most) {
        List<Wanted> first = new ArrayList<>();
        try (RowCursor rows = metadata.scan(bucket.space(), FETCH, "", "")) {
            for (Optional<Row> row = rows.next(); row.isPresent() && first.size() < most; row = rows.next()) {
                first.add(new Wanted(row.get().key(), Ask.fromBytes(row.get().value())));
            }
        }
        return first;
    }

    /** One of them was done, or need not be. */
    void remove(Wanted done) {
        boolean _ = metadata.commit(Commit.ofRows(done.row().group(), List.of(), List.of(Change.delete(done.row()))));
    }
}
