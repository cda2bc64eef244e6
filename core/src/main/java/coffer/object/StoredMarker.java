package coffer.object;

import coffer.store.Expected;
import coffer.store.Row;

/** A delete marker as it was found, with the row it was read from. */
public record StoredMarker(Row row, DeleteMarker marker) implements KeptVersion {
    @Override
    public VersionId id() {
        return marker.id();
    }

    @Override
    public Expected unchanged() {
        return Expected.same(row);
    }
}
