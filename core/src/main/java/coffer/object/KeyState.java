package coffer.object;

import coffer.store.Expected;
import coffer.store.Row;
import coffer.store.RowGroup;
import java.util.List;
import java.util.Optional;

/**
 * The newest state of a key. Every change of what a key has kept expects it to be unchanged, so changes of one key come
 * one after the other.
 *
 * @param group the rows of the key
 * @param current the version that is read without naming one
 * @param marker the delete marker that stands before all versions, if there is no current version
 * @param versioned whether there may be a marker at all
 */
record KeyState(RowGroup group, Optional<StoredObject> current, Optional<StoredMarker> marker, boolean versioned) {
    List<Expected> unchanged() {
        Expected version = Expected.of(group.row(ObjectRows.CURRENT), current.map(StoredObject::row));
        Optional<Row> row = marker.map(StoredMarker::row);
        return versioned ? List.of(version, Expected.of(group.row(ObjectRows.MARKER), row)) : List.of(version);
    }

    /** The newest version, or the marker before all of them. */
    Optional<KeptVersion> newest() {
        return current.<KeptVersion>map(stored -> stored).or(() -> marker);
    }

    /** That of the newest version or marker; 0 if nothing has one. */
    long newestSequence() {
        long version = current.map(stored -> stored.id().sequence()).orElse(0L);
        long deletion = marker.map(stored -> stored.id().sequence()).orElse(0L);
        return Math.max(version, deletion);
    }
}
