package coffer.integrity;

import coffer.bucket.Bucket;
import coffer.store.MetadataStore;
import coffer.store.Row;
import coffer.store.RowCursor;
import coffer.store.RowKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The rows of a bucket, page by page: an open cursor would keep what is deleted meanwhile. */
public final class Inventory {
    private static final int PAGE_ROWS = 256;

    private final MetadataStore metadata;

    public Inventory(MetadataStore metadata) {
        this.metadata = metadata;
    }

    /** The next rows of a kind, behind one of them; empty at the end. */
    List<Row> page(Bucket bucket, char kind, Optional<RowKey> after) {
        return after.map(last -> behind(bucket, last, "")).orElseGet(() -> from(bucket, kind, "", ""));
    }

    /** The first rows of a kind whose keys begin with a prefix, from a key on. */
    public List<Row> from(Bucket bucket, char kind, String key, String prefix) {
        return page(bucket, kind, key, "", prefix);
    }

    /** The rows of the same kind behind one of them, as long as their keys begin with a prefix. */
    public List<Row> behind(Bucket bucket, RowKey last, String prefix) {
        // No suffix stands between one and the same with a blank behind it: they have no control characters.
        return page(bucket, last.kind(), last.group().key(), last.suffix() + " ", prefix);
    }

    private List<Row> page(Bucket bucket, char kind, String key, String suffix, String prefix) {
        List<Row> page = new ArrayList<>();
        try (RowCursor rows = metadata.scan(bucket.space(), kind, key, suffix)) {
            Optional<Row> row = rows.next();
            while (row.isPresent()
                    && page.size() < PAGE_ROWS
                    && row.get().key().group().key().startsWith(prefix)) {
                page.add(row.get());
                row = rows.next();
            }
        }
        return page;
    }

    /** Visits all rows of a kind. */
    void forEach(Bucket bucket, char kind, Consumer<Row> visitor) {
        List<Row> page = page(bucket, kind, Optional.empty());
        while (!page.isEmpty()) {
            page.forEach(visitor);
            page = page(bucket, kind, Optional.of(page.getLast().key()));
        }
    }
}
