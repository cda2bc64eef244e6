package coffer.object;

import coffer.store.Expected;
import coffer.store.Row;
import coffer.usage.Amount;

/**
 * A version of an object as it was found.
 *
 * @param row the row it was read from, to be named in a commit as what is expected to be there still
 * @param version what the row says
 * @param place whether the row is the version's own
 */
public record StoredObject(Row row, ObjectVersion version, ObjectVersion.RowPlace place) implements KeptVersion {
    public String key() {
        return row.key().group().key();
    }

    @Override
    public VersionId id() {
        return version.id();
    }

    /** What it adds to the usage. */
    Amount amount() {
        return Amount.ofVersion(version.sizeBytes());
    }

    /** Whether the tail, if there is one, is the body of this row. */
    boolean isOwnRow() {
        return place == ObjectVersion.RowPlace.OWN;
    }

    @Override
    public Expected unchanged() {
        return Expected.same(row);
    }
}
