package coffer.store.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;

/** A file of a {@link FaultyDisk}. The engine reads and writes at positions only; nothing else is there. */
final class FaultyChannel extends FileChannel {
    private final FaultyDisk disk;
    private final Path file;
    private final FileChannel channel;

    /** What positions and lengths of writes are multiples of. */
    private final int unit;

    FaultyChannel(FaultyDisk disk, Path file, FileChannel channel, int unit) {
        this.disk = disk;
        this.file = file;
        this.channel = channel;
        this.unit = unit;
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        FaultyDisk.Fate fate = disk.fate(file, "read");
        if (fate.fails()) {
            throw new IOException("injected: read " + file.getFileName());
        }
        int count = fate.isShort() ? 1 + (int) (fate.share() * (target.remaining() - 1)) : target.remaining();
        ByteBuffer part = target.duplicate().limit(target.position() + count);
        int read = channel.read(part, position);
        target.position(part.position());
        return read;
    }

    @Override
    public int write(ByteBuffer source, long position) throws IOException {
        FaultyDisk.Fate fate = disk.fate(file, "write");
        boolean cut = fate.isShort() || fate.fails() || disk.faults().full();
        int count = cut ? (int) (fate.share() * source.remaining()) / unit * unit : source.remaining();
        if (fate.isShort() && count == 0) {
            count = source.remaining();
        }
        ByteBuffer part = source.duplicate().limit(source.position() + count);
        synchronized (disk) {
            disk.unsynced(file).willWrite(file, part, position);
            int written = 0;
            while (part.hasRemaining()) {
                written += channel.write(part, position + written);
            }
        }
        if (fate.fails()) {
            throw new IOException("injected: write " + file.getFileName());
        }
        if (disk.faults().full()) {
            throw new IOException("No space left on device");
        }
        source.position(source.position() + count);
        return count;
    }

    @Override
    public void force(boolean metaData) throws IOException {
        if (disk.fate(file, "sync").fails()) {
            throw new IOException("injected: sync " + file.getFileName());
        }
        synchronized (disk) {
            disk.unsynced(file).synced(channel.size());
        }
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
        if (disk.fate(file, "truncate").fails()) {
            throw new IOException("injected: truncate " + file.getFileName());
        }
        synchronized (disk) {
            disk.unsynced(file).willTruncate(file, size);
            channel.truncate(size);
        }
        return this;
    }

    @Override
    public long size() throws IOException {
        return channel.size();
    }

    @Override
    protected void implCloseChannel() throws IOException {
        channel.close();
    }

    @Override
    public int read(ByteBuffer target) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int write(ByteBuffer source) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long position() {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileChannel position(long newPosition) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) {
        throw new UnsupportedOperationException();
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count) {
        throw new UnsupportedOperationException();
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) {
        throw new UnsupportedOperationException();
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) {
        throw new UnsupportedOperationException();
    }
}
