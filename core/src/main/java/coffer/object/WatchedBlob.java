package coffer.object;

import coffer.store.Blob;
import coffer.store.FileSlice;
import coffer.store.StoreException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A blob whose damage is noticed by whoever knows which object it belongs to.
 *
 * @param damaged told of reads that found it
 */
record WatchedBlob(Blob blob, Consumer<StoreException> damaged) implements Blob {
    @Override
    public long lengthBytes() {
        return blob.lengthBytes();
    }

    @Override
    public int read(long offset, ByteBuffer target) {
        try {
            return blob.read(offset, target);
        } catch (StoreException e) {
            if (e.reason() == StoreException.Reason.CORRUPT) {
                damaged.accept(e);
            }
            throw e;
        }
    }

    @Override
    public Optional<FileSlice> slice(long offset, long lengthBytes) {
        return blob.slice(offset, lengthBytes);
    }

    @Override
    public void close() {
        blob.close();
    }
}
