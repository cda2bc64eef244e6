package coffer.object;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.bucket.Bucket;
import coffer.store.MetadataStore;
import coffer.store.Row;
import coffer.store.RowCursor;
import coffer.store.RowGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lists all versions and delete markers of a bucket: keys in the order of their UTF-8 bytes, of one key the newest
 * first. A common prefix costs one seek, however many versions it stands for. Thread-safe.
 */
public final class VersionListing {
    private static final String KINDS = "" + ObjectRows.CURRENT + ObjectRows.VERSION;

    /** Before the suffix of every version. */
    private static final String FIRST_SUFFIX = "0";

    private final MetadataStore metadata;

    public VersionListing(MetadataStore metadata) {
        this.metadata = metadata;
    }

    /**
     * What to list.
     *
     * @param keys which keys, and behind which one to begin
     * @param versionIdMarker if not empty, begin behind this version of that key rather than behind the key
     */
    public record Selection(ObjectListing.Selection keys, String versionIdMarker) {}

    /** One version or delete marker. */
    public record Entry(String key, boolean isLatest, Kept kept) {}

    /** What an entry is about. */
    public sealed interface Kept {
        /** A version; its extents may be missing. */
        record Version(ObjectVersion version) implements Kept {}

        /** A delete marker. */
        record Marker(DeleteMarker marker) implements Kept {}

        /** Its place. */
        default VersionId id() {
            return switch (this) {
                case Version(ObjectVersion version) -> version.id();
                case Marker(DeleteMarker marker) -> marker.id();
            };
        }
    }

    /**
     * A page.
     *
     * @param nextVersionIdMarker empty behind a common prefix
     */
    public record Page(
            List<Entry> entries,
            List<String> commonPrefixes,
            boolean isTruncated,
            String nextKeyMarker,
            String nextVersionIdMarker) {}

    /**
     * Lists one page.
     *
     * @throws CosException {@code InvalidArgument} if the version id marker is none
     */
    public Page list(Bucket bucket, Selection selection) {
        ObjectListing.Selection keys = selection.keys;
        Optional<Start> start = start(bucket, selection);
        if (start.isEmpty() || keys.maxEntries() == 0) {
            return new Page(List.of(), List.of(), false, "", "");
        }
        try (Walk walk = new Walk(bucket, start.get())) {
            return page(walk, keys);
        }
    }

    private static Page page(Walk walk, ObjectListing.Selection keys) {
        List<Entry> entries = new ArrayList<>();
        List<String> commonPrefixes = new ArrayList<>();
        String lastKey = "";
        Optional<VersionId> lastId = Optional.empty();
        Optional<String> key = walk.key();
        while (key.isPresent() && key.get().startsWith(keys.prefix())) {
            if (entries.size() + commonPrefixes.size() == keys.maxEntries()) {
                return new Page(
                        entries,
                        commonPrefixes,
                        true,
                        lastKey,
                        lastId.map(VersionId::text).orElse(""));
            }
            Optional<String> common = ObjectListing.commonPrefix(key.get(), keys);
            if (common.isPresent()) {
                lastKey = common.get();
                lastId = Optional.empty();
                commonPrefixes.add(lastKey);
                walk.skip(lastKey);
            } else {
                Entry entry = walk.take();
                lastKey = entry.key;
                lastId = Optional.of(entry.kept.id());
                entries.add(entry);
            }
            key = walk.key();
        }
        return new Page(entries, commonPrefixes, false, "", "");
    }

    /**
     * Where a page begins.
     *
     * @param suffix empty for the first version of the key, else how the rows {@code v} behind the marker are called at
     *     least
     */
    private record Start(String key, String suffix) {}

    private Optional<Start> start(Bucket bucket, Selection selection) {
        String marker = selection.keys.marker();
        if (marker.isEmpty()
                || selection.versionIdMarker.isEmpty()
                || !marker.startsWith(selection.keys.prefix())
                || ObjectListing.commonPrefix(marker, selection.keys).isPresent()) {
            return ObjectListing.start(selection.keys).map(key -> new Start(key, ""));
        }
        String suffix = switch (VersionId.Named.parse(selection.versionIdMarker)) {
            case VersionId.Named.Numbered numbered -> VersionId.suffix(numbered.sequence() - 1);
            case VersionId.Named.Null _ -> behindNull(new RowGroup(bucket.space(), marker));
            case VersionId.Named.Unknown _ ->
                throw CosError.INVALID_ARGUMENT.because("version-id-marker must be the id of a version.");
        };
        return Optional.of(new Start(marker, suffix));
    }

    /** If the null version was removed meanwhile, so were all before it by whoever removes what is listed. */
    private String behindNull(RowGroup group) {
        return metadata.get(group.row(ObjectRows.NULL))
                .map(row -> VersionId.suffix(ObjectRows.sequence(row) - 1))
                .orElse(FIRST_SUFFIX);
    }

    /**
     * Both kinds of rows that hold versions, as one sequence: a version that moves from one kind to the other meanwhile
     * is neither missed nor met twice. Not thread-safe.
     */
    private final class Walk implements AutoCloseable {
        private final RowCursor rows;
        private Optional<Row> next;

        /** The key of the last entry, whose further rows are not the latest. */
        private String lastKey = "";

        /** Whether the first row may be one behind others of its key, none of which may be left. */
        private boolean amidVersions;

        Walk(Bucket bucket, Start start) {
            rows = metadata.scanGroups(bucket.space(), KINDS, start.key, start.suffix);
            amidVersions = !start.suffix.isEmpty();
            next = nextVersion();
        }

        /** Steps over copies. */
        private Optional<Row> nextVersion() {
            Optional<Row> row = rows.next();
            while (row.filter(Walk::isCurrent).filter(ObjectRows::isCopy).isPresent()) {
                row = rows.next();
            }
            return row;
        }

        private static boolean isCurrent(Row row) {
            return row.key().kind() == ObjectRows.CURRENT;
        }

        /** The key of the next entry. */
        Optional<String> key() {
            return next.map(Walk::key);
        }

        Entry take() {
            Row row = next.orElseThrow();
            next = nextVersion();
            Kept kept = !isCurrent(row) && ObjectRows.isMarker(row)
                    ? new Kept.Marker(DeleteMarker.fromBytes(row.value()))
                    : new Kept.Version(ObjectRows.summary(row));
            boolean latest = isCurrent(row) || (amidVersions ? isNewest(row, kept.id()) : !key(row).equals(lastKey));
            lastKey = key(row);
            amidVersions = false;
            return new Entry(lastKey, latest, kept);
        }

        private boolean isNewest(Row row, VersionId id) {
            RowGroup group = row.key().group();
            return metadata.get(group.row(ObjectRows.CURRENT))
                    .map(newest -> ObjectRows.isCopy(newest)
                            && ObjectRows.summary(newest).id().equals(id))
                    .orElseGet(() -> metadata.get(group.row(ObjectRows.MARKER))
                            .map(newest -> DeleteMarker.fromBytes(newest.value()))
                            .filter(marker -> marker.id().equals(id))
                            .isPresent());
        }

        /** Goes behind all keys with a prefix. */
        void skip(String prefix) {
            amidVersions = false;
            next = KeyOrder.afterPrefix(prefix).flatMap(key -> {
                rows.seek(key, "");
                return nextVersion();
            });
        }

        private static String key(Row row) {
            return row.key().group().key();
        }

        @Override
        public void close() {
            rows.close();
        }
    }
}
