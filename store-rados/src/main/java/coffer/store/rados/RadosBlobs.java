package coffer.store.rados;

import coffer.rados.Pool;
import coffer.store.Blob;
import coffer.store.BlobId;
import coffer.store.BlobStore;
import coffer.store.BlobWriter;
import java.util.List;

/** The blobs. Thread-safe. */
final class RadosBlobs implements BlobStore {
    private final Pool pool;

    RadosBlobs(Pool pool) {
        this.pool = pool;
    }

    @Override
    public BlobWriter create(long expectedBytes) {
        throw new UnsupportedOperationException(pool.name());
    }

    @Override
    public Blob open(BlobId id) {
        throw new UnsupportedOperationException(pool.name());
    }

    @Override
    public Pin pin(List<BlobId> ids) {
        throw new UnsupportedOperationException(pool.name());
    }

    @Override
    public void discard(BlobId id) {
        throw new UnsupportedOperationException(pool.name());
    }
}
