package coffer.store.local;

import coffer.store.BlobId;
import coffer.store.BlobWriter;
import coffer.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.BooleanSupplier;
import java.util.zip.CRC32C;

/**
 * Writes the file of a blob: the bytes, then a checksum of each block.
 *
 * <pre>
 * bytes, crc32c 4 of each 64 KiB of them, length of the bytes 8, crc32c 4 of checksums and length, magic 4
 * </pre>
 */
final class BlobFileWriter implements BlobWriter {
    static final int BLOCK_BYTES = 64 * 1024;
    static final int FOOTER_BYTES = 16;
    static final int MAGIC = 0x434f4642;

    /** Synced in steps of this size: writing back gigabytes at the end would stall everybody else. */
    private static final long SYNC_STEP_BYTES = 8L * 1024 * 1024;

    private final BlobId id;
    private final Path path;
    private final BooleanSupplier diskFull;
    private final FileChannel channel;
    private final CRC32C blockCrc = new CRC32C();
    private ByteBuffer checksums = ByteBuffer.allocate(256);
    private int blockFilled;
    private long length;
    private long synced;
    private boolean finished;

    BlobFileWriter(BlobId id, Path path, BooleanSupplier diskFull) throws IOException {
        this.id = id;
        this.path = path;
        this.diskFull = diskFull;
        this.channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    @Override
    public void write(ByteBuffer source) {
        if (diskFull.getAsBoolean()) {
            throw new StoreException(StoreException.Reason.FULL, "no space is left on the disk");
        }
        checksum(source.duplicate());
        try {
            while (source.hasRemaining()) {
                length += channel.write(source);
            }
            if (length - synced >= SYNC_STEP_BYTES) {
                channel.force(false);
                synced = length;
            }
        } catch (IOException e) {
            throw BlobFiles.failed(e);
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
        ByteBuffer footer = ByteBuffer.allocate(checksums.remaining() + FOOTER_BYTES)
                .put(checksums)
                .putLong(length);
        CRC32C crc = new CRC32C();
        crc.update(footer.duplicate().flip());
        footer.putInt((int) crc.getValue()).putInt(MAGIC).flip();
        try {
            while (footer.hasRemaining()) {
                channel.write(footer);
            }
            channel.force(true);
            channel.close();
            DurableFiles.syncFolder(path.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw BlobFiles.failed(e);
        }
        finished = true;
        return id;
    }

    @Override
    public void close() {
        if (!finished) {
            try {
                channel.close();
                Files.deleteIfExists(path);
            } catch (IOException e) {
                throw BlobFiles.failed(e);
            }
        }
    }
}
