package coffer.store.local;

import coffer.store.BlobId;
import coffer.store.BlobWriter;
import coffer.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the file of a blob: the bytes, then a checksum of each block.
 *
 * <pre>
 * bytes, crc32c 4 of each 64 KiB of them, length of the bytes 8, crc32c 4 of checksums and length, magic 4
 * </pre>
 */
final class BlobFileWriter implements BlobWriter {
    private static final Logger LOG = LoggerFactory.getLogger(BlobFileWriter.class);

    static final int BLOCK_BYTES = 64 * 1024;
    static final int FOOTER_BYTES = 16;
    static final int MAGIC = 0x434f4642;

    /** Synced in steps of this size, where the file system knows no direct writing: a flood at the end would stall all. */
    private static final long SYNC_STEP_BYTES = 32L * 1024 * 1024;

    private final Disk disk;
    private final BlobId id;
    private final Path folder;
    private final Path path;
    private final FreeSpace space;
    private final WriteBuffers buffers;
    private final ByteBuffer buffer;

    /** The end of the file, which is no whole block, and nothing else. */
    private final FileChannel channel;

    private final FileChannel direct;
    private final CRC32C blockCrc = new CRC32C();
    private ByteBuffer checksums = ByteBuffer.allocate(256);
    private int blockFilled;
    private long written;
    private long synced;
    private boolean open = true;

    BlobFileWriter(Disk disk, BlobId id, Path folder, Path path, FreeSpace space, WriteBuffers buffers)
            throws IOException {
        this.disk = disk;
        this.id = id;
        this.folder = folder;
        this.path = path;
        this.space = space;
        this.buffers = buffers;
        this.channel = disk.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            this.direct = disk.openDirect(path);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        this.buffer = buffers.take();
    }

    @Override
    public void write(ByteBuffer source) {
        if (space.isUsedUp()) {
            throw new StoreException(StoreException.Reason.FULL, "no space is left on the disk");
        }
        checksum(source.duplicate());
        try {
            while (source.hasRemaining()) {
                int count = Math.min(source.remaining(), buffer.remaining());
                buffer.put(buffer.position(), source, source.position(), count);
                buffer.position(buffer.position() + count);
                source.position(source.position() + count);
                if (!buffer.hasRemaining()) {
                    writeBuffer();
                }
            }
        } catch (IOException e) {
            throw BlobFiles.failed(e);
        }
    }

    private void writeBuffer() throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            written += direct.write(buffer, written);
        }
        buffer.clear();
        if (written - synced >= SYNC_STEP_BYTES) {
            direct.force(false);
            synced = written;
        }
    }

    private void checksum(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            int count = Math.min(bytes.remaining(), BLOCK_BYTES - blockFilled);
            blockCrc.update(bytes.slice(bytes.position(), count));
            bytes.position(bytes.position() + count);
            blockFilled += count;
            if (blockFilled == BLOCK_BYTES) {
                endBlock();
            }
        }
    }

    private void endBlock() {
        if (checksums.remaining() < 4) {
            checksums = ByteBuffer.allocate(checksums.capacity() * 2).put(checksums.flip());
        }
        checksums.putInt((int) blockCrc.getValue());
        blockCrc.reset();
        blockFilled = 0;
    }

    @Override
    public BlobId finish() {
        if (blockFilled > 0) {
            endBlock();
        }
        checksums.flip();
        buffer.flip();
        ByteBuffer end = ByteBuffer.allocate(buffer.remaining() + checksums.remaining() + FOOTER_BYTES);
        long length = written + buffer.remaining();
        end.put(buffer);
        int footer = end.position();
        end.put(checksums).putLong(length);
        CRC32C crc = new CRC32C();
        crc.update(end.duplicate().flip().position(footer));
        end.putInt((int) crc.getValue()).putInt(MAGIC).flip();
        try {
            long at = written;
            while (end.hasRemaining()) {
                at += channel.write(end, at);
            }
            channel.force(true);
            disk.syncFolder(folder);
            release();
        } catch (IOException e) {
            throw BlobFiles.failed(e);
        }
        return id;
    }

    private void release() throws IOException {
        open = false;
        buffers.give(buffer);
        direct.close();
        channel.close();
    }

    @Override
    public void close() {
        if (open) {
            try {
                release();
                disk.delete(path);
            } catch (IOException e) {
                LOG.warn("The unfinished blob {} could not be removed; it will be at the next start.", id.value(), e);
            }
        }
    }
}
