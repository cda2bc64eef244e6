package coffer.object;

import coffer.api.ResponseBody.Piece;
import coffer.encryption.ContentCipher;
import coffer.store.Blob;
import coffer.store.BlobStore;
import coffer.store.FileSlice;
import coffer.store.StoreException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All of an object, to be read from anywhere. It stays as it was opened until it is closed, whatever becomes of the
 * object. For one thread at a time; who reads on where it stopped opens no file twice.
 */
public final class ObjectContent implements AutoCloseable {
    /** The pieces share one pin, which is held until all of this is closed. */
    private static final BlobStore.Pin HELD = () -> {};

    private final BlobStore blobs;
    private final Content content;
    private final ContentCipher cipher;
    private final BlobStore.Pin pin;
    private final Consumer<StoreException> damaged;
    private final Optional<Blob> tail;
    private @Nullable Piece open;
    private long openFirst;

    ObjectContent(
            BlobStore blobs,
            Content content,
            ContentCipher cipher,
            BlobStore.Pin pin,
            Consumer<StoreException> damaged,
            Optional<Blob> tail) {
        this.blobs = blobs;
        this.content = content;
        this.cipher = cipher;
        this.pin = pin;
        this.damaged = damaged;
        this.tail = tail;
    }

    /** Its length in bytes. */
    public long lengthBytes() {
        return content.sizeBytes();
    }

    /**
     * Reads from {@code offset} until {@code target} is full or the object ends.
     *
     * @return the number of bytes read, 0 at the end
     * @throws StoreException {@code CORRUPT} if they are not the bytes that were written; that is noted as damage
     */
    public int read(long offset, ByteBuffer target) {
        int total = 0;
        while (target.hasRemaining() && offset + total < lengthBytes()) {
            total += readOnce(offset + total, target);
        }
        return total;
    }

    private int readOnce(long offset, ByteBuffer target) {
        Piece piece = at(offset);
        long from = offset - openFirst;
        int limit = target.limit();
        target.limit(target.position() + (int) Math.min(piece.lengthBytes() - from, target.remaining()));
        int count = piece.blob().read(piece.offset() + from, target);
        target.limit(limit);
        if (count == 0) {
            throw new StoreException(StoreException.Reason.CORRUPT, "an object is shorter than its row says");
        }
        return count;
    }

    private Piece at(long offset) {
        Piece piece = open;
        if (piece != null && offset >= openFirst && offset < openFirst + piece.lengthBytes()) {
            return piece;
        }
        closePiece();
        // Not closed: its pin and its tail are those of all of this.
        ObjectPieces pieces = new ObjectPieces(
                blobs, content, cipher, HELD, damaged, tail.map(Lent::new), offset, content.sizeBytes() - offset);
        Piece next = pieces.next()
                .orElseThrow(() -> new StoreException(
                        StoreException.Reason.CORRUPT, "an object has fewer pieces than its row says"));
        open = next;
        openFirst = offset;
        return next;
    }

    private void closePiece() {
        if (open != null) {
            open.blob().close();
            open = null;
        }
    }

    @Override
    public void close() {
        closePiece();
        tail.ifPresent(Blob::close);
        pin.close();
    }

    /** A blob that outlives whoever closes it. */
    private record Lent(Blob blob) implements Blob {
        @Override
        public long lengthBytes() {
            return blob.lengthBytes();
        }

        @Override
        public int read(long offset, ByteBuffer target) {
            return blob.read(offset, target);
        }

        @Override
        public Optional<FileSlice> slice(long offset, long lengthBytes) {
            return blob.slice(offset, lengthBytes);
        }

        @Override
        public void close() {
            // closed with the object
        }
    }
}
