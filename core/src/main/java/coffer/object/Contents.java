package coffer.object;

import coffer.api.ResponseBody;
import coffer.bucket.Bucket;
import coffer.encryption.ContentCipher;
import coffer.encryption.ContentWriter;
import coffer.store.Blob;
import coffer.store.BlobId;
import coffer.store.BlobStore;
import coffer.store.BodyRef;
import coffer.store.Engine;
import coffer.store.MetadataStore;
import coffer.store.Row;
import coffer.store.StoreException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** How the bytes of objects come in and go out. Thread-safe. */
public final class Contents {
    /** Bodies being received take at most this part of the heap. */
    private static final int BODIES_SHARE = 4;

    private final MetadataStore metadata;
    private final BlobStore blobs;
    private final ObjectRows rows;
    private final BodyReceiver receiver;
    private final DamageLog damage = new DamageLog();

    public Contents(Engine engine) {
        this.metadata = engine.metadata();
        this.blobs = engine.blobs();
        this.rows = new ObjectRows(metadata);
        this.receiver = new BodyReceiver(
                blobs, metadata.maxBodyBytes(), Runtime.getRuntime().maxMemory() / BODIES_SHARE);
    }

    /** Takes in the bodies of writes. */
    public BodyReceiver receiver() {
        return receiver;
    }

    /** Where damage that readers meet is noted. */
    public DamageLog damage() {
        return damage;
    }

    /**
     * Opens a stretch of an object for reading; damage is noted.
     *
     * @param cipher what opens the object
     * @return empty if the object was replaced meanwhile: find it again
     */
    public Optional<ResponseBody.Pieces> open(
            Bucket bucket, StoredObject stored, ContentCipher cipher, long offset, long lengthBytes) {
        return open(
                stored,
                cipher,
                offset,
                lengthBytes,
                e -> damage.report(bucket, stored.key(), String.valueOf(e.getMessage())));
    }

    /**
     * Opens a stretch of an object for reading.
     *
     * @param cipher what opens the object
     * @param damaged told if the bytes turn out not to be what was written
     * @return empty if the object was replaced meanwhile: find it again
     */
    public Optional<ResponseBody.Pieces> open(
            StoredObject stored,
            ContentCipher cipher,
            long offset,
            long lengthBytes,
            Consumer<StoreException> damaged) {
        Content content = stored.version().content();
        boolean needsTail = content.tailBytes() > 0 && offset + lengthBytes > content.sizeBytes() - content.tailBytes();
        return pinned(
                stored,
                needsTail,
                (pin, tail) -> new ObjectPieces(blobs, content, cipher, pin, damaged, tail, offset, lengthBytes));
    }

    /**
     * Opens all of an object, to be read from anywhere; damage is noted.
     *
     * @param cipher what opens the object
     * @return empty if the object was replaced meanwhile: find it again
     */
    public Optional<ObjectContent> openWhole(Bucket bucket, StoredObject stored, ContentCipher cipher) {
        Content content = stored.version().content();
        Consumer<StoreException> damaged = e -> damage.report(bucket, stored.key(), String.valueOf(e.getMessage()));
        return pinned(
                stored,
                content.tailBytes() > 0,
                (pin, tail) -> new ObjectContent(blobs, content, cipher, pin, damaged, tail));
    }

    private <T> Optional<T> pinned(
            StoredObject stored, boolean needsTail, BiFunction<BlobStore.Pin, Optional<Blob>, T> open) {
        Content content = stored.version().content();
        // Extents are opened one after another, perhaps hours from now: they must still be there.
        BlobStore.Pin pin = blobs.pin(content.blobs());
        try {
            if (!content.extents().isEmpty() && !isCurrent(stored)) {
                pin.close();
                return Optional.empty();
            }
            Optional<Blob> tail =
                    needsTail ? Optional.of(metadata.openBody(body(rows.ownRow(stored)))) : Optional.empty();
            return Optional.of(open.apply(pin, tail));
        } catch (StoreException e) {
            pin.close();
            if (e.reason() == StoreException.Reason.GONE) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** A row that is as it was read after its blobs were pinned still owned them when they were. */
    private boolean isCurrent(StoredObject stored) {
        return metadata.get(stored.row().key())
                .filter(row -> Arrays.equals(row.value(), stored.row().value()))
                .isPresent();
    }

    /**
     * Reads the tail of an object into memory, as it is stored.
     *
     * @return empty if it has none
     * @throws StoreException {@code GONE} if the object was replaced meanwhile
     */
    public Optional<ByteBuffer> storedTail(StoredObject stored) {
        Content content = stored.version().content();
        if (content.tailBytes() == 0) {
            return Optional.empty();
        }
        ByteBuffer tail = ByteBuffer.allocate((int) content.encryption().storedBytes(content.tailBytes()));
        try (Blob blob = metadata.openBody(body(rows.ownRow(stored)))) {
            while (tail.hasRemaining()) {
                if (blob.read(tail.position(), tail) == 0) {
                    throw new StoreException(StoreException.Reason.CORRUPT, "a tail is shorter than its row says");
                }
            }
        }
        return Optional.of(tail.flip());
    }

    /** Writes bytes as an extent that is not adopted yet. */
    Extent store(ByteBuffer bytes, ContentCipher cipher) {
        long length = bytes.remaining();
        try (ContentWriter writer = cipher.encrypt(blobs.create(cipher.storedBytes(length)))) {
            writer.write(bytes.duplicate());
            return new Extent(writer.finish(), length, writer.salt());
        }
    }

    /** Gives up blobs that nothing will adopt. */
    public void discard(List<BlobId> unadopted) {
        unadopted.forEach(blobs::discard);
    }

    private static BodyRef body(Row row) {
        return row.body()
                .orElseThrow(() ->
                        new StoreException(StoreException.Reason.CORRUPT, "a row that says it has a tail has no body"));
    }
}
