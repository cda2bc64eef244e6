package coffer.object;

import coffer.bucket.Bucket;
import coffer.store.MetadataStore;
import coffer.store.Row;
import coffer.store.RowCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lists the objects of a bucket in the order of their UTF-8 bytes. A common prefix costs one seek, however many keys it
 * stands for. Thread-safe.
 */
public final class ObjectListing {
    private final MetadataStore metadata;

    public ObjectListing(MetadataStore metadata) {
        this.metadata = metadata;
    }

    /**
     * What to list.
     *
     * @param prefix keys that begin with it; empty for all
     * @param delimiter keys that have it behind the prefix are grouped; empty for none
     * @param marker list what comes after it; empty for the beginning
     * @param maxEntries keys and common prefixes together, from 0
     */
    public record Selection(String prefix, String delimiter, String marker, int maxEntries) {}

    /** One listed object. */
    public record Entry(String key, ObjectVersion version) {}

    /**
     * A page.
     *
     * @param nextMarker the last key or common prefix, if there is more behind it
     */
    public record Page(List<Entry> entries, List<String> commonPrefixes, Optional<String> nextMarker) {}

    /** Lists one page. */
    public Page list(Bucket bucket, Selection selection) {
        List<Entry> entries = new ArrayList<>();
        List<String> commonPrefixes = new ArrayList<>();
        String last = "";
        Optional<String> start = start(selection);
        if (start.isEmpty() || selection.maxEntries == 0) {
            return new Page(entries, commonPrefixes, Optional.empty());
        }
        try (RowCursor rows = metadata.scan(bucket.space(), ObjectRows.CURRENT, start.get(), "")) {
            Optional<Row> row = rows.next();
            while (row.isPresent()) {
                String key = row.get().key().group().key();
                if (!key.startsWith(selection.prefix)) {
                    break;
                }
                if (entries.size() + commonPrefixes.size() == selection.maxEntries) {
                    return new Page(entries, commonPrefixes, Optional.of(last));
                }
                Optional<String> common = commonPrefix(key, selection);
                if (common.isPresent()) {
                    commonPrefixes.add(common.get());
                    last = common.get();
                    row = KeyOrder.afterPrefix(last).flatMap(next -> {
                        rows.seek(next, "");
                        return rows.next();
                    });
                } else {
                    entries.add(new Entry(key, ObjectRows.summary(row.get())));
                    last = key;
                    row = rows.next();
                }
            }
        }
        return new Page(entries, commonPrefixes, Optional.empty());
    }

    /** Where a page begins; empty if nothing can come after the marker. */
    static Optional<String> start(Selection selection) {
        String marker = selection.marker;
        if (marker.isEmpty() || KeyOrder.compare(marker, selection.prefix) < 0) {
            return Optional.of(selection.prefix);
        }
        // A marker within a common prefix, or the prefix itself, has that whole prefix behind it.
        Optional<String> common =
                marker.startsWith(selection.prefix) ? commonPrefix(marker, selection) : Optional.empty();
        return common.map(KeyOrder::afterPrefix).orElseGet(() -> Optional.of(KeyOrder.after(marker)));
    }

    static Optional<String> commonPrefix(String key, Selection selection) {
        if (selection.delimiter.isEmpty()) {
            return Optional.empty();
        }
        int at = key.indexOf(selection.delimiter, selection.prefix.length());
        return at < 0 ? Optional.empty() : Optional.of(key.substring(0, at + selection.delimiter.length()));
    }
}
