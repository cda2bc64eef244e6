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
    private final Segment segment;
    private final long position;
    private final int lengthBytes;
    private final int crc;
    private final ReadThreads reads;
    private boolean verified;
    private boolean closed;

    StoredBody(Segment segment, LogBody body, ReadThreads reads) {
        this.segment = segment;
        this.position = body.position();
        this.lengthBytes = Math.toIntExact(body.lengthBytes());
        this.crc = body.crc32c();
        this.reads = reads;
    }

    @Override
    public long lengthBytes() {
        return lengthBytes;
    }

    @Override
    public synchronized int read(long offset, ByteBuffer target) {
        int count = (int) Math.clamp(lengthBytes - offset, 0L, target.remaining());
        boolean whole = offset == 0 && count == lengthBytes;
        if (!verified && !whole) {
            ByteBuffer all = ByteBuffer.allocate(lengthBytes);
            readFully(all, position);
            verify(all.flip());
        }
        ByteBuffer view = target.duplicate().limit(target.position() + count);
        readFully(view, position + offset);
        if (!verified) {
            verify(view.position(target.position()));
        }
        target.position(target.position() + count);
        return count;
    }

    private void verify(ByteBuffer all) {
        CRC32C computed = new CRC32C();
        computed.update(all);
        if (crc != (int) computed.getValue()) {
            throw new StoreException(StoreException.Reason.CORRUPT, "a stored body is not what was written");
        }
        verified = true;
    }

    private void readFully(ByteBuffer target, long from) {
        int _ = reads.run(() -> {
            try {
                return readHere(target, from);
            } catch (IOException e) {
                throw BlobFiles.failed(e);
            }
        });
    }

    private int readHere(ByteBuffer target, long from) throws IOException {
        long at = from;
        while (target.hasRemaining()) {
            int count = segment.channel().read(target, at);
            if (count < 0) {
                throw new IOException("a log segment is too short");
            }
            at += count;
        }
        return target.position();
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
