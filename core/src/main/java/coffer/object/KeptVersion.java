package coffer.object;

import coffer.store.Expected;
import coffer.store.Row;

/** What a key has kept: a version of its object, or a delete marker. */
public sealed interface KeptVersion permits StoredObject, StoredMarker {
    /** Its place. */
    VersionId id();

    /** The row it was read from. */
    Row row();

    /** That it is still as it was read. */
    Expected unchanged();
}
