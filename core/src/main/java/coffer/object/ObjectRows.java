package coffer.object;

import coffer.bucket.Bucket;
import coffer.record.RecordReader;
import coffer.record.RecordWriter;
import coffer.store.Change;
import coffer.store.MetadataStore;
import coffer.store.Row;
import coffer.store.RowGroup;
import coffer.store.RowKey;
import coffer.store.StoreException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rows of an object, all in the group of its key:
 *
 * <pre>
 * o             the current version, its tail as the body of the row
 * m &lt;writeId&gt;   the extents of a version that has more than a few, so that listings read short rows
 * </pre>
 */
public final class ObjectRows {
    /** Kind of the row of the current version; a bucket with such rows is not empty. */
    public static final char CURRENT = 'o';

    /** Kind of the row of a version's extents. */
    public static final char MANIFEST = 'm';

    private static final int EXTENTS_IN_ROW = 4;
    private static final int MANIFEST_FORMAT = 1;

    private final MetadataStore metadata;

    public ObjectRows(MetadataStore metadata) {
        this.metadata = metadata;
    }

    /** The address of the current version's row. */
    public static RowKey current(Bucket bucket, String key) {
        return new RowGroup(bucket.space(), key).row(CURRENT);
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

    /** What the row of a listing says; its extents may be missing. */
    static ObjectVersion summary(Row row) {
        return ObjectVersion.fromBytes(row.value()).version();
    }

    /** The changes that write a version. */
    List<Change> put(RowKey address, ObjectVersion version, Optional<ByteBuffer> tail) {
        List<Extent> extents = version.content().extents();
        boolean inline = extents.size() <= EXTENTS_IN_ROW;
        List<Change> changes = new ArrayList<>(2);
        if (!inline) {
            RecordWriter manifest = new RecordWriter(MANIFEST_FORMAT);
            ObjectVersion.writeExtents(manifest, extents);
            changes.add(Change.put(manifest(address, version), manifest.toBytes()));
        }
        changes.add(new Change.Put(CURRENT, "", version.toBytes(inline), tail));
        return changes;
    }

    /** The changes that remove what {@link #put} of another version would leave. */
    List<Change> removeManifest(StoredObject old) {
        return old.version().content().extents().size() <= EXTENTS_IN_ROW
                ? List.of()
                : List.of(Change.delete(manifest(old.row().key(), old.version())));
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
            return Optional.of(new StoredObject(row, decoded.version()));
        }
        return metadata.get(manifest(row.key(), decoded.version()))
                .map(manifest -> ObjectVersion.readExtents(new RecordReader(manifest.value(), MANIFEST_FORMAT)))
                .map(extents -> new StoredObject(row, decoded.version().with(extents)));
    }

    /**
     * Whether a manifest belongs to the current version.
     *
     * @throws StoreException {@code CORRUPT} if the current version cannot be understood
     */
    public static boolean namesManifest(Row current, Row manifest) {
        ObjectVersion.Decoded decoded = ObjectVersion.fromBytes(current.value());
        return !decoded.complete()
                && manifest.key().suffix().equals(decoded.version().writeId());
    }

    private static RowKey manifest(RowKey address, ObjectVersion version) {
        return address.group().row(MANIFEST, version.writeId());
    }
}
