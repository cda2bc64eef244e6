package coffer.store;

import java.nio.ByteBuffer;
import java.util.Optional;

/** A finished blob or a row's body, opened for reading. Thread-safe until closed; bytes never change. */
public interface Blob extends AutoCloseable {
    /** Its length in bytes. */
    long lengthBytes();

    /**
     * Reads from {@code offset} until {@code target} is full or the blob ends.
     *
     * @return the number of bytes read, 0 at the end
     * @throws StoreException with reason {@code CORRUPT} if a checksum says that the bytes are not those written
     */
    int read(long offset, ByteBuffer target);

    /**
     * The same bytes as a slice of a file, for a transfer without copying; valid until this blob is closed.
     *
     * @return empty if the engine has no such file
     */
    Optional<FileSlice> slice(long offset, long lengthBytes);

    @Override
    void close();
}
