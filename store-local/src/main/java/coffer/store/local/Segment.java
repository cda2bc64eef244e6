package coffer.store.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.LockSupport;

/** A file of the log. Its numbers are never used again, so what lies at a place of it never changes. Thread-safe. */
final class Segment {
    private static final int ZERO_CHUNK_BYTES = 1024 * 1024;

    private final Disk disk;
    private final long number;
    private final Path path;
    private final FileChannel channel;

    /** Readers and, until it is dropped, the log. Guarded by this. */
    private int users = 1;

    private Segment(Disk disk, long number, Path path, FileChannel channel) {
        this.disk = disk;
        this.number = number;
        this.path = path;
        this.channel = channel;
    }

    static Segment create(Disk disk, Path folder, long number) throws IOException {
        Path path = folder.resolve("%016x.log".formatted(number));
        FileChannel channel =
                disk.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        Segment segment = new Segment(disk, number, path, channel);
        try {
            disk.syncFolder(folder);
        } catch (IOException e) {
            segment.release();
            throw e;
        }
        return segment;
    }

    static Segment open(Disk disk, Path path) throws IOException {
        String name = path.getFileName().toString();
        long number = Long.parseUnsignedLong(name.substring(0, name.indexOf('.')), 16);
        return new Segment(disk, number, path, disk.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE));
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
        try (FileChannel direct = disk.openDirect(path)) {
            for (long at = 0; at < bytes; at += ZERO_CHUNK_BYTES) {
                long begun = System.nanoTime();
                zeros.clear().limit((int) Math.min(ZERO_CHUNK_BYTES, bytes - at));
                while (zeros.hasRemaining()) {
                    direct.write(zeros, at + zeros.position());
                }
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
        try {
            disk.delete(path);
        } finally {
            release();
        }
    }
}
