package coffer.object;

import coffer.api.ResponseBody;
import coffer.encryption.ContentCipher;
import coffer.encryption.Salt;
import coffer.store.Blob;
import coffer.store.BlobStore;
import coffer.store.StoreException;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Consumer;

/** The pieces of a stretch of an object, opened one at a time. Not thread-safe. */
final class ObjectPieces implements ResponseBody.Pieces {
    private final BlobStore blobs;
    private final Content content;
    private final ContentCipher cipher;
    private final Iterator<Extent> extents;
    private final long lengthBytes;
    private final BlobStore.Pin pin;
    private final Consumer<StoreException> damaged;

    /** Opened at once, since the row's body may go away with the next write; closed here unless handed out. */
    private Optional<Blob> tail;

    private long skip;
    private long left;

    /**
     * A stretch of the content.
     *
     * @param cipher what opens the content
     * @param pin keeps the extents until this is closed
     * @param damaged told of bytes that are not what was written
     * @param tail the tail, already open; empty if there is none or the stretch ends before it
     */
    ObjectPieces(
            BlobStore blobs,
            Content content,
            ContentCipher cipher,
            BlobStore.Pin pin,
            Consumer<StoreException> damaged,
            Optional<Blob> tail,
            long offset,
            long lengthBytes) {
        this.damaged = damaged;
        this.pin = pin;
        this.blobs = blobs;
        this.content = content;
        this.cipher = cipher;
        this.extents = content.extents().iterator();
        this.tail = tail;
        this.skip = offset;
        this.lengthBytes = lengthBytes;
        this.left = lengthBytes;
    }

    @Override
    public long lengthBytes() {
        return lengthBytes;
    }

    @Override
    public Optional<ResponseBody.Piece> next() {
        while (left > 0 && extents.hasNext()) {
            Extent extent = extents.next();
            if (skip >= extent.lengthBytes()) {
                skip -= extent.lengthBytes();
            } else {
                return Optional.of(piece(open(extent), extent.lengthBytes(), extent.salt()));
            }
        }
        if (left > 0 && tail.isPresent()) {
            Blob blob = tail.get();
            tail = Optional.empty();
            return Optional.of(piece(blob, content.tailBytes(), content.tailSalt()));
        }
        return Optional.empty();
    }

    private Blob open(Extent extent) {
        try {
            return blobs.open(extent.blob());
        } catch (StoreException e) {
            if (e.reason() != StoreException.Reason.GONE) {
                throw e;
            }
            // It is pinned, so nobody has released it.
            StoreException lost = new StoreException(
                    StoreException.Reason.CORRUPT,
                    "the blob %016x is gone".formatted(extent.blob().value()),
                    e);
            damaged.accept(lost);
            throw lost;
        }
    }

    private ResponseBody.Piece piece(Blob stored, long available, Salt salt) {
        Blob blob = new WatchedBlob(cipher.decrypt(stored, available, salt), damaged);
        long offset = skip;
        long length = Math.min(left, available - offset);
        skip = 0;
        left -= length;
        return new ResponseBody.Piece(blob, offset, length);
    }

    @Override
    public void close() {
        tail.ifPresent(Blob::close);
        tail = Optional.empty();
        pin.close();
    }
}
