package coffer.http;

import coffer.api.ResponseBody.Piece;
import coffer.store.Blob;
import coffer.store.FileSlice;
import coffer.store.StoreException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** A blob without a file; counts what is read, and fails from a given offset on. */
final class MemoryBlob implements Blob {
    private final byte[] bytes;
    private final long failsFrom;
    private final AtomicLong readBytes = new AtomicLong();
    private volatile boolean closed;

    MemoryBlob(byte[] bytes) {
        this(bytes, Long.MAX_VALUE);
    }

    MemoryBlob(byte[] bytes, long failsFrom) {
        this.bytes = bytes;
        this.failsFrom = failsFrom;
    }

    /** All of a blob. */
    static Piece whole(Blob blob) {
        return new Piece(blob, 0, blob.lengthBytes());
    }

    boolean isClosed() {
        return closed;
    }

    long readBytes() {
        return readBytes.get();
    }

    @Override
    public long lengthBytes() {
        return bytes.length;
    }

    @Override
    public int read(long offset, ByteBuffer target) {
        if (closed || offset + target.remaining() > failsFrom) {
            throw new StoreException(StoreException.Reason.CORRUPT, "These bytes are lost.");
        }
        int count = (int) Math.min(target.remaining(), bytes.length - offset);
        target.put(bytes, (int) offset, count);
        readBytes.addAndGet(count);
        return count;
    }

    @Override
    public Optional<FileSlice> slice(long offset, long lengthBytes) {
        return Optional.empty();
    }

    @Override
    public void close() {
        closed = true;
    }
}
