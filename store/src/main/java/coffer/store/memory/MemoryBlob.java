package coffer.store.memory;

import coffer.store.Blob;
import coffer.store.FileSlice;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Bytes on the heap. */
record MemoryBlob(byte[] bytes) implements Blob {
    @Override
    public long lengthBytes() {
        return bytes.length;
    }

    @Override
    public int read(long offset, ByteBuffer target) {
        int count = Math.clamp(bytes.length - offset, 0, target.remaining());
        target.put(bytes, (int) Math.min(offset, bytes.length), count);
        return count;
    }

    @Override
    public Optional<FileSlice> slice(long offset, long lengthBytes) {
        return Optional.empty();
    }

    @Override
    public void close() {
        // nothing is held
    }
}
