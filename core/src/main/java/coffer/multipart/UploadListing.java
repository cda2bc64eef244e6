package coffer.multipart;

import coffer.bucket.Bucket;
import coffer.object.KeyOrder;
import coffer.store.MetadataStore;
import coffer.store.Row;
import coffer.store.RowCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lists the uploads of a bucket under way, by key, then by the time they began. Thread-safe. */
public final class UploadListing {
    private final MetadataStore metadata;

    public UploadListing(MetadataStore metadata) {
        this.metadata = metadata;
    }

    /**
     * What to list.
     *
     * @param prefix keys that begin with it; empty for all
     * @param delimiter keys that have it behind the prefix are grouped; empty for none
     * @param keyMarker list keys after it; empty for the beginning
     * @param uploadIdMarker with a key marker, also list that key's uploads after this one; empty for none of them
     * @param maxEntries uploads and common prefixes together; a page of none is never truncated
     */
    public record Selection(String prefix, String delimiter, String keyMarker, String uploadIdMarker, int maxEntries) {}

    /** A page; whether there is more, and where it goes on. */
    public record Page(
            List<Upload> uploads,
            List<String> commonPrefixes,
            boolean truncated,
            String nextKeyMarker,
            String nextUploadIdMarker) {}

    /** Lists one page. */
    public Page list(Bucket bucket, Selection selection) {
        if (selection.maxEntries == 0) {
            return new Page(List.of(), List.of(), false, "", "");
        }
        List<Upload> uploads = new ArrayList<>();
        List<String> commonPrefixes = new ArrayList<>();
        String lastKey = "";
        String lastId = "";
        boolean fromStart =
                selection.keyMarker.isEmpty() || KeyOrder.compare(selection.keyMarker, selection.prefix) < 0;
        String startKey = fromStart ? selection.prefix : startKey(selection);
        String startId = fromStart || selection.uploadIdMarker.isEmpty() ? "" : selection.uploadIdMarker + "~";
        try (RowCursor rows = metadata.scan(bucket.space(), UploadRows.UPLOAD, startKey, startId)) {
            Optional<Row> row = rows.next();
            while (row.isPresent()) {
                String key = row.get().key().group().key();
                if (!key.startsWith(selection.prefix)) {
                    break;
                }
                if (uploads.size() + commonPrefixes.size() == selection.maxEntries) {
                    return new Page(uploads, commonPrefixes, true, lastKey, lastId);
                }
                int delimiterAt = selection.delimiter.isEmpty()
                        ? -1
                        : key.indexOf(selection.delimiter, selection.prefix.length());
                if (delimiterAt >= 0) {
                    lastKey = key.substring(0, delimiterAt + selection.delimiter.length());
                    lastId = "";
                    commonPrefixes.add(lastKey);
                    row = KeyOrder.afterPrefix(lastKey).flatMap(next -> {
                        rows.seek(next, "");
                        return rows.next();
                    });
                } else {
                    Upload upload = Upload.fromBytes(key, row.get().value());
                    uploads.add(upload);
                    lastKey = key;
                    lastId = upload.id();
                    row = rows.next();
                }
            }
        }
        return new Page(uploads, commonPrefixes, false, "", "");
    }

    private static String startKey(Selection selection) {
        if (!selection.uploadIdMarker.isEmpty()) {
            return selection.keyMarker;
        }
        boolean afterCommonPrefix = !selection.delimiter.isEmpty() && selection.keyMarker.endsWith(selection.delimiter);
        return afterCommonPrefix
                ? KeyOrder.afterPrefix(selection.keyMarker).orElse(selection.keyMarker)
                : KeyOrder.after(selection.keyMarker);
    }
}
