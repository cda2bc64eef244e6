package coffer.store;

import java.util.List;

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

    /**
     * Keeps blobs from being freed until the pin is closed, also if they are released meanwhile. Blobs that are gone
     * already stay gone: pin first, then look whether the row that names them is still the same.
     */
    Pin pin(List<BlobId> ids);

    /** Blobs that stay. Closing it twice is no error. */
    interface Pin extends AutoCloseable {
        @Override
        void close();
    }

    /** Frees a finished blob that was not adopted; no error if it is gone already. */
    void discard(BlobId id);
}
