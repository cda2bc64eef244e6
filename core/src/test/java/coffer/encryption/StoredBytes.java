package coffer.encryption;

import coffer.store.Blob;
import coffer.store.BlobId;
import coffer.store.BlobWriter;
import coffer.store.FileSlice;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Bytes as an engine would keep them, to be looked at and changed. */
final class StoredBytes implements Blob {
    final byte[] bytes;
    final AtomicInteger reads = new AtomicInteger();
    boolean closed;

    StoredBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public long lengthBytes() {
        return bytes.length;
    }

    @Override
    public int read(long offset, ByteBuffer target) {
        reads.incrementAndGet();
        int count = Math.clamp(bytes.length - offset, 0, target.remaining());
        target.put(bytes, (int) Math.min(offset, bytes.length), count);
        return count;
    }

    @Override
    public Optional<FileSlice> slice(long offset, long lengthBytes) {
        return Optional.of(new FileSlice(noFile(), offset, lengthBytes));
    }

    @SuppressWarnings("NullAway") // nobody may ask for it
    private static FileChannel noFile() {
        return null;
    }

    @Override
    public void close() {
        closed = true;
    }

    /** Collects what is written. */
    static final class Writer implements BlobWriter {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        boolean finished;
        boolean closed;

        @Override
        public void write(ByteBuffer source) {
            byte[] bytes = new byte[source.remaining()];
            source.get(bytes);
            out.writeBytes(bytes);
        }

        @Override
        public BlobId finish() {
            finished = true;
            return new BlobId(7);
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
