package coffer.store.local;

import coffer.store.Blob;
import coffer.store.FileSlice;
import coffer.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.CRC32C;

/** A blob's file, open. Reads through memory are verified block by block. Thread-safe. */
final class BlobFile implements Blob {
    private final Path path;
    private final FileChannel channel;
    private final long lengthBytes;

    private BlobFile(Path path, FileChannel channel, long lengthBytes) {
        this.path = path;
        this.channel = channel;
        this.lengthBytes = lengthBytes;
    }

    static BlobFile open(Disk disk, Path path) throws IOException {
        FileChannel channel = disk.open(path, StandardOpenOption.READ);
        try {
            long size = channel.size();
            ByteBuffer footer = ByteBuffer.allocate(BlobFileWriter.FOOTER_BYTES);
            readFully(channel, footer, size - BlobFileWriter.FOOTER_BYTES);
            long length = footer.getLong(0);
            long blocks = (length + BlobFileWriter.BLOCK_BYTES - 1) / BlobFileWriter.BLOCK_BYTES;
            if (footer.getInt(12) != BlobFileWriter.MAGIC
                    || size != length + 4 * blocks + BlobFileWriter.FOOTER_BYTES) {
                throw corrupt(path);
            }
            return new BlobFile(path, channel, length);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public long lengthBytes() {
        return lengthBytes;
    }

    /** Whole blocks are read to where they are wanted, others beside it. */
    @Override
    public int read(long offset, ByteBuffer target) {
        int begin = target.position();
        boolean good = false;
        try {
            while (target.hasRemaining() && offset + target.position() - begin < lengthBytes) {
                readSome(offset + target.position() - begin, target);
            }
            good = true;
        } catch (IOException e) {
            throw BlobFiles.failed(e);
        } finally {
            if (!good) {
                target.position(begin);
            }
        }
        return target.position() - begin;
    }

    private void readSome(long at, ByteBuffer target) throws IOException {
        long number = at / BlobFileWriter.BLOCK_BYTES;
        int skipped = (int) (at - number * BlobFileWriter.BLOCK_BYTES);
        int length = (int) Math.min(BlobFileWriter.BLOCK_BYTES, lengthBytes - at + skipped);
        int count = Math.min(length - skipped, target.remaining());
        if (count == length) {
            readBlock(number, target.slice(target.position(), length));
            target.position(target.position() + length);
        } else {
            ByteBuffer block = ByteBuffer.allocate(length);
            readBlock(number, block);
            target.put(block.slice(skipped, count));
        }
    }

    private void readBlock(long number, ByteBuffer block) throws IOException {
        readFully(channel, block, number * BlobFileWriter.BLOCK_BYTES);
        ByteBuffer checksum = ByteBuffer.allocate(4);
        readFully(channel, checksum, lengthBytes + 4 * number);
        CRC32C crc = new CRC32C();
        crc.update(block.flip());
        if (checksum.getInt(0) != (int) crc.getValue()) {
            throw corrupt(path);
        }
    }

    @Override
    public Optional<FileSlice> slice(long offset, long length) {
        return Optional.of(new FileSlice(channel, offset, length));
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void readFully(FileChannel channel, ByteBuffer target, long position) throws IOException {
        long at = position;
        while (target.hasRemaining()) {
            int count = at < 0 ? -1 : channel.read(target, at);
            if (count < 0) {
                throw new IOException("a blob's file is too short");
            }
            at += count;
        }
    }

    private static StoreException corrupt(Path path) {
        return new StoreException(
                StoreException.Reason.CORRUPT, "the blob " + path.getFileName() + " is not what was written");
    }
}
