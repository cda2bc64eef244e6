package coffer.store.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;

/**
 * Files written past the page cache: what is written once and perhaps never read costs no copying, and no write-back
 * stalls everybody later. Not every file system can; then it is done through the page cache.
 */
final class DirectFiles {
    /** A multiple of the block size of every disk in use: buffers, positions and lengths are multiples of it. */
    static final int BLOCK_BYTES = 4096;

    private static final Optional<OpenOption> DIRECT = direct();

    private DirectFiles() {}

    /** Opens an existing file for writing, past the page cache if that can be. */
    static FileChannel openForWriting(Path path) throws IOException {
        if (DIRECT.isPresent()) {
            try {
                return FileChannel.open(path, StandardOpenOption.WRITE, DIRECT.get());
            } catch (IOException | UnsupportedOperationException e) {
                // a file system in memory, for instance
            }
        }
        return FileChannel.open(path, StandardOpenOption.WRITE);
    }

    /** A buffer outside of the heap that can be written to such a file. */
    static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocateDirect(bytes + BLOCK_BYTES)
                .alignedSlice(BLOCK_BYTES)
                .limit(bytes)
                .slice();
    }

    /** The next multiple of the block size. */
    static long roundUp(long bytes) {
        return (bytes + BLOCK_BYTES - 1) & -BLOCK_BYTES;
    }

    /** The option is the JDK's, in a package that the compiler does not let us name. */
    private static Optional<OpenOption> direct() {
        try {
            return Arrays.stream(
                            Class.forName("com.sun.nio.file.ExtendedOpenOption").getEnumConstants())
                    .filter(option -> option.toString().equals("DIRECT"))
                    .map(OpenOption.class::cast)
                    .findFirst();
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        }
    }
}
