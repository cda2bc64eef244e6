package coffer.store;

import java.nio.channels.FileChannel;

/**
 * A stretch of an open file.
 *
 * @param file open for reading; the owner of the slice closes it, not the user
 */
public record FileSlice(FileChannel file, long position, long lengthBytes) {}
