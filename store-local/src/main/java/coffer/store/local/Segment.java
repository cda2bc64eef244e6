package coffer.store.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.LockSupport;

/** A file of the log. Its numbers are never used again, so what lies at a place of it never changes. Thread-safe. */
final class Segment {
    private static final int ZERO_CHUNK_BYTES = 1024 * 1024;

    private final long number;
    private final Path path;
    private final FileChannel channel;

    /** Readers and, until it is dropped, the log. Guarded by this. */
    private int users = 1;

    private Segment(long number, Path path, FileChannel channel) {
        this.number = number;
        this.path = path;
        this.channel = channel;
    }

    static Segment create(Path folder, long number) throws IOException {
        Path path = folder.resolve("%016x.log".formatted(number));
        FileChannel channel = FileChannel.open(
                path, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        DurableFiles.syncFolder(folder);
        return new Segment(number, path, channel);
    }

    static Segment open(Path path) throws IOException {
        String name = path.getFileName().toString();
        long number = Long.parseUnsignedLong(name.substring(0, name.indexOf('.')), 16);
        return new Segment(number, path, FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE));
    }

    long number() {
        return number;
    }

    FileChannel channel() {
        return channel;
    }

    long lengthBytes() throws IOException {
        return channel.size();
    }

    /**
     * Writes zeros ahead, so that later writes change neither the file's length nor its extents. Rests between steps: who
     * syncs meanwhile has half of the disk at least.
     */
    void fill(long bytes) throws IOException {
        ByteBuffer zeros = DirectFiles.buffer(ZERO_CHUNK_BYTES);
        try (FileChannel direct = DirectFiles.openForWriting(path)) {
            for (long at = 0; at < bytes; at += ZERO_CHUNK_BYTES) {
                long begun = System.nanoTime();
                direct.write(zeros.clear().limit((int) Math.min(ZERO_CHUNK_BYTES, bytes - at)), at);
                LockSupport.parkNanos(System.nanoTime() - begun);
            }
            direct.force(true);
        }
    }

    void write(ByteBuffer bytes, long position) throws IOException {
        long at = position;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
    }

    /** Keeps the file open and its bytes in place until {@link #release}; false if it is gone already. */
    synchronized boolean retain() {
        if (users == 0) {
            return false;
        }
        users++;
        return true;
    }

    synchronized void release() {
        users--;
        if (users == 0) {
            try {
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Removes the file; readers that have it keep reading. */
    void delete() throws IOException {
        Files.deleteIfExists(path);
        release();
    }
}
