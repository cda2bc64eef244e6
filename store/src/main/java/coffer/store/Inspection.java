package coffer.store;

import java.util.function.Consumer;

/** An engine that serves nobody, opened to be checked as a whole. Not thread-safe. */
public interface Inspection extends AutoCloseable {
    /** The engine, without its work in the background. */
    Engine engine();

    /** Names every adopted blob, in order of their ids. */
    void adopted(Consumer<BlobId> blobs);

    /**
     * Checks what only the engine knows of: its files, its bookkeeping.
     *
     * @param repair whether what can be put right without a loss is; blobs that are not adopted are removed then
     */
    void check(boolean repair, Consumer<Finding> findings);

    /** What is taken on the disk. */
    SpaceUse space();

    @Override
    void close();

    /**
     * Space on the disk, in bytes.
     *
     * @param rowBytes files that hold rows and their bodies
     * @param liveRowBytes how much of them is bodies that rows refer to, with their rows
     * @param blobs how many blobs there are
     * @param blobBytes files of blobs
     * @param indexBytes what is kept to find things
     */
    record SpaceUse(long rowBytes, long liveRowBytes, long blobs, long blobBytes, long indexBytes) {}
}
