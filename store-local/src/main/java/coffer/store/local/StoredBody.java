package coffer.store.local;

import coffer.store.Blob;
import coffer.store.FileSlice;
import coffer.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;

/** The body of a row, in a segment that stays while this is open. Verified whole by the first read. Thread-safe. */
final class StoredBody implements Blob {
    private static final int CRC_BYTES = 4;

    private final Segment segment;
    private final long position;
    private final int lengthBytes;
    private boolean verified;
    private boolean closed;

    StoredBody(Segment segment, long position, long lengthBytes) {
        this.segment = segment;
        this.position = position;
        this.lengthBytes = Math.toIntExact(lengthBytes);
    }

    @Override
    public long lengthBytes() {
        return lengthBytes;
    }

    @Override
    public synchronized int read(long offset, ByteBuffer target) {
        try {
            if (!verified) {
                verify();
            }
            int count = (int) Math.clamp(lengthBytes - offset, 0L, target.remaining());
            ByteBuffer view = target.duplicate().limit(target.position() + count);
            readFully(view, position + offset);
            target.position(target.position() + count);
            return count;
        } catch (IOException e) {
            throw BlobFiles.failed(e);
        }
    }

    private void verify() throws IOException {
        ByteBuffer all = ByteBuffer.allocate(CRC_BYTES + lengthBytes);
        readFully(all, position - CRC_BYTES);
        CRC32C crc = new CRC32C();
        crc.update(all.flip().position(CRC_BYTES));
        if (all.getInt(0) != (int) crc.getValue()) {
            throw new StoreException(StoreException.Reason.CORRUPT, "a stored body is not what was written");
        }
        verified = true;
    }

    private void readFully(ByteBuffer target, long from) throws IOException {
        long at = from;
        while (target.hasRemaining()) {
            int count = segment.channel().read(target, at);
            if (count < 0) {
                throw new IOException("a log segment is too short");
            }
            at += count;
        }
    }

    @Override
    public Optional<FileSlice> slice(long offset, long length) {
        return Optional.of(new FileSlice(segment.channel(), position + offset, length));
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            segment.release();
        }
    }
}
