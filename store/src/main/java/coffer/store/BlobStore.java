package coffer.store;

/**
 * Immutable byte extents. Thread-safe; calls may block and are meant for virtual threads.
 *
 * <p>Life of a blob: created, written, finished (durable, owned by its writer), adopted by a {@link Commit}, released by
 * a later one. What is neither adopted nor held by a running writer disappears with a restart.
 */
public interface BlobStore {
    /**
     * Starts a blob.
     *
     * @param expectedBytes how long it will be, a hint for placing it; 0 if not known
     */
    BlobWriter create(long expectedBytes);

    /**
     * Opens a finished blob. Close it: what is released stays readable to those who have it open.
     *
     * @throws StoreException with reason {@code GONE} if there is no such blob
     */
    Blob open(BlobId id);

    /** Frees a finished blob that was not adopted; no error if it is gone already. */
    void discard(BlobId id);
}
