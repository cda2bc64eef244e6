package coffer.store;

import java.nio.ByteBuffer;

/** A blob being written. Not thread-safe, but one thread after another may use it. */
public interface BlobWriter extends AutoCloseable {
    /**
     * Appends all remaining bytes of {@code source}; they may be changed again once this returns.
     *
     * @throws StoreException with reason {@code FULL} or {@code UNAVAILABLE}; the writer is then of no further use
     */
    void write(ByteBuffer source);

    /**
     * Makes the blob durable.
     *
     * @return its name, for a commit to adopt
     */
    BlobId finish();

    /** Abandons the blob unless it was finished. */
    @Override
    void close();
}
