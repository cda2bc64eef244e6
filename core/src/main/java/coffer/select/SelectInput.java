package coffer.select;

import java.nio.ByteBuffer;

/** The object that is queried. For one thread at a time. */
public interface SelectInput {
    /** Its length in bytes. */
    long lengthBytes();

    /**
     * Reads from {@code offset} until {@code target} is full or the object ends. What is read is counted as scanned.
     *
     * @return the number of bytes read, 0 at the end
     */
    int read(long offset, ByteBuffer target);
}
