package coffer.store;

import java.util.List;
import java.util.Optional;

/**
 * Ordered rows. Thread-safe; calls may block and are meant for virtual threads. Strongly consistent: what a returned
 * commit wrote is in every read and scan that starts afterwards.
 */
public interface MetadataStore {
    /** The largest body a {@link Change.Put} may carry, in bytes; larger content goes into a blob. */
    int maxBodyBytes();

    /**
     * Reads one row.
     *
     * @return empty if there is none
     */
    Optional<Row> get(RowKey key);

    /**
     * Opens the body of a row for reading. Close it: open bodies pin the space they occupy.
     *
     * @throws StoreException with reason {@code GONE} if the row has been replaced since it was read and its body is
     *     no longer there
     */
    Blob openBody(BodyRef body);

    /**
     * Reads the rows of one kind in order.
     *
     * @param fromKey the group key to start at, inclusive
     * @param fromSuffix the suffix to start at within that group, inclusive
     * @return a cursor before the first such row. It sees every commit that returned before this call; later ones
     *     perhaps. Close it
     */
    RowCursor scan(String space, char kind, String fromKey, String fromSuffix);

    /**
     * Reads the rows of several kinds group by group. Within a group its kinds come in the order given, and all of its
     * rows are as they were at one moment, so that what a commit moves from one kind to another is met once.
     *
     * <p>What is said of a moment holds for the first 1,000 rows of a kind in a group; further ones may be read later.
     *
     * @param kinds two or three kinds, none twice
     * @param fromKey the group key to start at, inclusive
     * @param fromSuffix where to start within that group: at its first row if empty, else at the rows of the last of the
     *     kinds that have this suffix or a later one
     * @return a cursor before the first such row, whose {@link RowCursor#seek} takes the same two; it sees every commit
     *     that returned before this call. Close it
     */
    RowCursor scanGroups(String space, String kinds, String fromKey, String fromSuffix);

    /**
     * Applies every change, or none of them. Durable when it returns {@code true}.
     *
     * @return {@code false} if an expectation no longer holds; nothing was written and nothing adopted, and who reads then
     *     sees what came between
     * @throws StoreException if the commit was not possible ({@code UNAVAILABLE}, {@code FULL}: nothing was written),
     *     or with reason {@code UNKNOWN}: the changes may or may not be there
     */
    boolean commit(Commit commit);

    /**
     * Removes every row of a space. Not atomic, may be repeated; rows committed to the space meanwhile may survive.
     * Blobs that the rows adopted are not released.
     */
    void drop(String space);

    /**
     * Names the spaces that have rows, in order; perhaps also some that had. It may take long on a large store, and
     * misses what is made meanwhile.
     */
    List<String> spaces();
}
