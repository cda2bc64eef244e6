package coffer.store.rados;

import coffer.store.Blob;
import coffer.store.FileSlice;
import coffer.store.StoreException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;

/** A row's body, read whole. */
final class InlineBlob implements Blob {
    private final ByteBuffer bytes;

    /**
     * Checks what was read.
     *
     * @param stored the tag, then the bytes
     * @throws StoreException {@code GONE} if it is another row's, {@code CORRUPT} if it is not what was written
     */
    InlineBlob(RadosBody body, byte[] stored) {
        ByteBuffer read = ByteBuffer.wrap(stored);
        if (stored.length < StoredRow.TAG_BYTES || read.getLong() != body.tag()) {
            throw new StoreException(StoreException.Reason.GONE, "the body has been replaced with its row");
        }
        bytes = read.slice();
        CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate());
        if (bytes.remaining() != body.lengthBytes() || (int) crc.getValue() != body.crc32c()) {
            throw new StoreException(StoreException.Reason.CORRUPT, "a stored body is not what was written");
        }
    }

    @Override
    public long lengthBytes() {
        return bytes.remaining();
    }

    @Override
    public int read(long offset, ByteBuffer target) {
        int from = (int) Math.min(offset, bytes.remaining());
        int count = Math.min(bytes.remaining() - from, target.remaining());
        target.put(bytes.slice(from, count));
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
