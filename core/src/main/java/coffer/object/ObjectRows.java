package coffer.object;

import coffer.bucket.Bucket;
import coffer.record.RecordReader;
import coffer.record.RecordWriter;
import coffer.store.Change;
import coffer.store.MetadataStore;
import coffer.store.Row;
import coffer.store.RowCursor;
import coffer.store.RowGroup;
import coffer.store.RowKey;
import coffer.store.StoreException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The rows of an object, all in the group of its key:
 *
 * <pre>
 * o             the current version: its own row, its tail as the body; or, if the bucket was versioned when it was
 *               written, a copy of its row v, so that reading and listing look at one row as ever
 * v &lt;20 digits&gt;  a version or delete marker written while the bucket was versioned, newest first
 * d             a copy of the newest row v if that is a delete marker; then there is no o
 * n             the digits of the row v that clients call null, if there is one
 * m &lt;writeId&gt;   the extents and parts of a version that has more than a few, so that listings read short rows
 * </pre>
 */
public final class ObjectRows {
    /** Kind of the row of the current version; a bucket with such rows is not empty. */
    public static final char CURRENT = 'o';

    /** Kind of the rows of versions and delete markers; a bucket with such rows is not empty. */
    public static final char VERSION = 'v';

    /** Kind of the row that says that the newest is a delete marker. */
    public static final char MARKER = 'd';

    /** Kind of the row that finds the null version among the others. */
    public static final char NULL = 'n';

    private static final String OWN_OR_NULL = "" + CURRENT + NULL;

    /** Kind of the row of a version's extents. */
    public static final char MANIFEST = 'm';

    private static final int EXTENTS_IN_ROW = 4;

    private static final int NULL_FORMAT = 1;

    private final MetadataStore metadata;

    public ObjectRows(MetadataStore metadata) {
        this.metadata = metadata;
    }

    /** The address of the current version's row. */
    public static RowKey current(Bucket bucket, String key) {
        return group(bucket, key).row(CURRENT);
    }

    private static RowGroup group(Bucket bucket, String key) {
        return new RowGroup(bucket.space(), key);
    }

    /** Reads the current version with all its extents. */
    public Optional<StoredObject> find(Bucket bucket, String key) {
        RowKey address = current(bucket, key);
        while (true) {
            Optional<Row> row = metadata.get(address);
            if (row.isEmpty()) {
                return Optional.empty();
            }
            Optional<StoredObject> stored = complete(row.get());
            if (stored.isPresent()) {
                return stored;
            }
            // the version was replaced between the two reads: look again
        }
    }

    /** The delete marker that is the newest of what a key has kept. */
    Optional<StoredMarker> marker(Bucket bucket, String key) {
        return metadata.get(group(bucket, key).row(MARKER))
                .map(row -> new StoredMarker(row, DeleteMarker.fromBytes(row.value())));
    }

    /**
     * The newest state of a key.
     *
     * @param versioned whether the bucket has ever been versioned
     */
    KeyState state(Bucket bucket, String key, boolean versioned) {
        return new KeyState(
                group(bucket, key), find(bucket, key), versioned ? marker(bucket, key) : Optional.empty(), versioned);
    }

    /** What a request means that names a version. */
    Optional<KeptVersion> find(Bucket bucket, String key, VersionId.Named named) {
        return switch (named) {
            case VersionId.Named.Null _ -> findNull(bucket, key);
            case VersionId.Named.Numbered numbered ->
                version(group(bucket, key), numbered.sequence())
                        .filter(kept -> !kept.id().isNull());
            case VersionId.Named.Unknown _ -> Optional.empty();
        };
    }

    private Optional<KeptVersion> findNull(Bucket bucket, String key) {
        RowGroup group = group(bucket, key);
        while (true) {
            Optional<StoredObject> current = find(bucket, key).filter(StoredObject::isOwnRow);
            if (current.isPresent()) {
                return current.map(stored -> stored);
            }
            Optional<KeptVersion> kept = nullRow(group).flatMap(row -> version(group, sequence(row)));
            if (kept.isPresent() || !hasNull(group)) {
                return kept;
            }
            // it moved from one place to the other between the reads: look again
        }
    }

    /** Looks into both places at one moment. */
    private boolean hasNull(RowGroup group) {
        try (RowCursor rows = metadata.scanGroups(group.space(), OWN_OR_NULL, group.key(), "")) {
            Optional<Row> row = rows.next();
            while (row.filter(next -> next.key().group().equals(group)).isPresent()) {
                if (row.get().key().kind() == NULL || !isCopy(row.get())) {
                    return true;
                }
                row = rows.next();
            }
            return false;
        }
    }

    /** The row that finds the null version. */
    Optional<Row> nullRow(RowGroup group) {
        return metadata.get(group.row(NULL));
    }

    static long sequence(Row nullRow) {
        return new RecordReader(nullRow.value(), NULL_FORMAT).number();
    }

    static Change putNull(RowGroup group, VersionId id) {
        return Change.put(
                group.row(NULL),
                new RecordWriter(NULL_FORMAT).number(id.sequence()).toBytes());
    }

    /** What the row of that sequence holds. */
    Optional<KeptVersion> version(RowGroup group, long sequence) {
        return metadata.get(group.row(VERSION, VersionId.suffix(sequence))).flatMap(this::kept);
    }

    /**
     * The newest of the rows {@code v} of a key that are older than a sequence.
     *
     * @param except rows that do not count
     * @throws StoreException {@code GONE} if it was removed while it was read
     */
    Optional<KeptVersion> before(RowGroup group, long sequence, Set<RowKey> except) {
        try (RowCursor rows = metadata.scan(group.space(), VERSION, group.key(), VersionId.suffix(sequence - 1))) {
            Optional<Row> row = rows.next();
            while (row.isPresent() && except.contains(row.get().key())) {
                row = rows.next();
            }
            return row.filter(next -> next.key().group().key().equals(group.key()))
                    .map(next ->
                            kept(next).orElseThrow(() -> Attempts.gone("the version before was removed meanwhile")));
        }
    }

    /** What a row {@code v} holds; empty if it was removed meanwhile. */
    Optional<KeptVersion> kept(Row row) {
        return DeleteMarker.isIn(row.value())
                ? Optional.of(new StoredMarker(row, DeleteMarker.fromBytes(row.value())))
                : complete(row).map(stored -> stored);
    }

    /** What the row of a listing says; its extents may be missing. */
    public static ObjectVersion summary(Row row) {
        return ObjectVersion.fromBytes(row.value()).version();
    }

    /** The changes that write a version into a row of its own. */
    List<Change> put(RowKey address, ObjectVersion version, Optional<ByteBuffer> tail) {
        boolean inline = version.content().extents().size() <= EXTENTS_IN_ROW;
        List<Change> changes = new ArrayList<>(3);
        if (!inline) {
            changes.add(Change.put(manifest(address.group(), version), ContentRecord.manifest(version.content())));
        }
        changes.add(new Change.Put(
                address.kind(), address.suffix(), version.toBytes(ObjectVersion.RowPlace.OWN, inline), tail));
        return changes;
    }

    /** The change that makes a version, which has a row of its own, the current one. */
    static Change putCopy(RowGroup group, ObjectVersion version) {
        boolean inline = version.content().extents().size() <= EXTENTS_IN_ROW;
        return Change.put(group.row(CURRENT), version.toBytes(ObjectVersion.RowPlace.COPY, inline));
    }

    /** The changes that remove what {@link #put} of another version would leave. */
    static List<Change> removeManifest(StoredObject old) {
        return old.version().content().extents().size() <= EXTENTS_IN_ROW
                ? List.of()
                : List.of(Change.delete(manifest(old.row().key().group(), old.version())));
    }

    /**
     * An object, given its row.
     *
     * @return empty if the row of its extents is not there: the version was replaced meanwhile
     * @throws StoreException {@code CORRUPT} if a row cannot be understood
     */
    public Optional<StoredObject> complete(Row row) {
        ObjectVersion.Decoded decoded = ObjectVersion.fromBytes(row.value());
        if (decoded.complete()) {
            return Optional.of(new StoredObject(row, decoded.version(), decoded.place()));
        }
        return metadata.get(manifest(row.key().group(), decoded.version()))
                .map(manifest -> ContentRecord.withManifest(decoded.version().content(), manifest.value()))
                .map(content -> new StoredObject(row, decoded.version().with(content), decoded.place()));
    }

    /**
     * The row whose body is a version's tail.
     *
     * @throws StoreException {@code GONE} if it was removed meanwhile
     */
    Row ownRow(StoredObject stored) {
        return stored.isOwnRow()
                ? stored.row()
                : metadata.get(stored.row()
                                .key()
                                .group()
                                .row(VERSION, stored.id().suffix()))
                        .orElseThrow(() ->
                                new StoreException(StoreException.Reason.GONE, "the version was removed meanwhile"));
    }

    /**
     * Whether a row is only a copy of another one, which is to be looked at instead.
     *
     * @param row of kind {@link #CURRENT} or {@link #VERSION}
     */
    public static boolean isCopy(Row row) {
        return ObjectVersion.isCopy(row.value());
    }

    /**
     * Whether the row that a copy is a copy of is there.
     *
     * @param copy of kind {@link #CURRENT}
     */
    public static boolean hasOwnRow(MetadataStore metadata, Row copy) {
        return metadata.get(copy.key().group().row(VERSION, summary(copy).id().suffix()))
                .isPresent();
    }

    /**
     * How long a version is.
     *
     * @param row of kind {@link #CURRENT}, or of kind {@link #VERSION} and no marker
     */
    public static long sizeBytes(Row row) {
        return summary(row).sizeBytes();
    }

    /** Whether a row of kind {@link #VERSION} is a delete marker, which has no content. */
    public static boolean isMarker(Row row) {
        return DeleteMarker.isIn(row.value());
    }

    /**
     * Whether a manifest belongs to a version.
     *
     * @param row of kind {@link #CURRENT} or {@link #VERSION}, in the group of the manifest
     * @throws StoreException {@code CORRUPT} if it cannot be understood
     */
    public static boolean namesManifest(Row row, Row manifest) {
        if (isMarker(row)) {
            return false;
        }
        ObjectVersion.Decoded decoded = ObjectVersion.fromBytes(row.value());
        return !decoded.complete()
                && manifest.key().suffix().equals(decoded.version().writeId());
    }

    private static RowKey manifest(RowGroup group, ObjectVersion version) {
        return group.row(MANIFEST, version.writeId());
    }
}
