package coffer.object;

import coffer.store.Blob;
import coffer.store.BlobId;
import coffer.store.BlobStore;
import coffer.store.BlobWriter;
import coffer.store.StoreException;
import java.nio.ByteBuffer;

/** Copies blobs, as they are stored, from one engine into another one, where they have other names. Thread-safe. */
public final class BlobTransfer {
    private static final int STEP_BYTES = 1024 * 1024;

    private final BlobStore source;
    private final BlobStore target;

    public BlobTransfer(BlobStore source, BlobStore target) {
        this.source = source;
        this.target = target;
    }

    /**
     * Copies a blob.
     *
     * @param storedBytes how long it must be
     * @return its name in the other engine, for a commit to adopt
     * @throws StoreException {@code GONE} or {@code CORRUPT} if it is not what was written; {@code FULL} or
     *     {@code UNAVAILABLE}
     */
    public BlobId copy(BlobId blob, long storedBytes) {
        try (Blob from = source.open(blob);
                BlobWriter to = target.create(storedBytes)) {
            if (from.lengthBytes() != storedBytes) {
                throw new StoreException(
                        StoreException.Reason.CORRUPT,
                        "a blob has " + from.lengthBytes() + " bytes instead of " + storedBytes);
            }
            ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(STEP_BYTES, storedBytes));
            for (long at = 0; at < storedBytes; at += buffer.limit()) {
                if (from.read(at, buffer.clear()) <= 0) {
                    throw new StoreException(StoreException.Reason.CORRUPT, "a blob ends too early");
                }
                to.write(buffer.flip());
            }
            return to.finish();
        }
    }

    /** Makes a blob of what was the body of a row. */
    BlobId store(ByteBuffer stored) {
        try (BlobWriter to = target.create(stored.remaining())) {
            to.write(stored.duplicate());
            return to.finish();
        }
    }

    /** Gives up a copy that nothing has adopted. */
    public void discard(BlobId copy) {
        target.discard(copy);
    }
}
