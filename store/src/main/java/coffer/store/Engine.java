package coffer.store;

import java.util.List;
import java.util.Optional;

/**
 * One storage engine: rows and blobs that become durable together. Thread-safe.
 *
 * <p>Opening an engine is the engine's own affair (a folder, a cluster); everything above works on this interface.
 */
public interface Engine extends AutoCloseable {
    /** The rows. The same instance on every call. */
    MetadataStore metadata();

    /** The blobs. The same instance on every call. */
    BlobStore blobs();

    /** Why no change is accepted until somebody acts; empty if all is well. It does not wait. */
    Optional<Trouble> trouble();

    /** What it counts, for whoever watches the server; each name with the same help always. It does not wait for the store. */
    default List<Figure> figures() {
        return List.of();
    }

    /**
     * Whether it is for this process to do what the store does by itself: always, if the engine is one process's own;
     * else of all that share it one. It may change at any time, and two may believe it for some seconds, so that
     * whatever is done must be done by commits that expect what was read.
     */
    boolean isLeader();

    /**
     * Stops background work and releases the engine's resources. Commits under way finish first; calls after it fail
     * with {@link StoreException.Reason#UNAVAILABLE}.
     */
    @Override
    void close();
}
