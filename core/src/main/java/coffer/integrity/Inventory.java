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
final class Inventory {
    private static final int PAGE_ROWS = 256;

    private final MetadataStore metadata;

    Inventory(MetadataStore metadata) {
        this.metadata = metadata;
    }

    /** The next rows of a kind, behind one of them; empty at the end. */
    List<Row> page(Bucket bucket, char kind, Optional<RowKey> after) {
        List<Row> page = new ArrayList<>();
        String key = after.map(last -> last.group().key()).orElse("");
        String suffix = after.map(RowKey::suffix).orElse("");
        try (RowCursor rows = metadata.scan(bucket.space(), kind, key, suffix)) {
            Optional<Row> row = rows.next();
            if (row.isPresent() && after.equals(Optional.of(row.get().key()))) {
                row = rows.next();
            }
            while (row.isPresent() && page.size() < PAGE_ROWS) {
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
