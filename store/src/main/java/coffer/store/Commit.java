package coffer.store;

import java.util.List;

/**
 * A conditional, atomic batch on the rows of one group.
 *
 * @param group whose rows are compared and changed
 * @param expected what must still hold; empty for an unconditional commit
 * @param changes applied in order; at most 20,010, so that a multipart upload of 10,000 parts fits
 * @param adopt blobs that the changed rows refer to from now on. A blob that no commit adopted is removed by the engine
 *     when it is discarded or, after a crash, by itself
 * @param release adopted blobs that no row refers to any longer; the engine frees them once nobody reads them
 */
public record Commit(
        RowGroup group, List<Expected> expected, List<Change> changes, List<BlobId> adopt, List<BlobId> release) {
    public Commit {
        expected = List.copyOf(expected);
        changes = List.copyOf(changes);
        adopt = List.copyOf(adopt);
        release = List.copyOf(release);
    }

    /** A commit that touches rows only. */
    public static Commit ofRows(RowGroup group, List<Expected> expected, List<Change> changes) {
        return new Commit(group, expected, changes, List.of(), List.of());
    }

    /** A commit that writes one row without a body, whatever it held. */
    public static Commit put(RowKey row, byte[] value) {
        return ofRows(row.group(), List.of(), List.of(Change.put(row, value)));
    }
}
