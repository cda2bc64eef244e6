package coffer.select;

/** Where a query writes its result and is told to stop. Not thread-safe. */
public interface SelectOutput {
    /**
     * Takes a piece of the result; waits while the client does not read.
     *
     * @throws SelectStopped if nobody wants the result any more
     */
    void write(byte[] bytes, int offset, int lengthBytes);

    /**
     * Called at every record and in whatever may take long; cheap.
     *
     * @throws SelectStopped if nobody wants the result any more
     */
    void check();

    /** So many bytes of the object have been looked at so far, after decompression. */
    void processed(long totalBytes);
}
