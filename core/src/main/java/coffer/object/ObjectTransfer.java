package coffer.object;

import coffer.encryption.Salt;
import coffer.store.BlobId;
import coffer.store.Change;
import coffer.store.Commit;
import coffer.store.Engine;
import coffer.store.Expected;
import coffer.store.Row;
import coffer.store.StoreException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Takes the versions of objects from one engine into another one, where blobs have other names and bodies other limits.
 * Their bytes stay as they are stored: a tail is encrypted as an extent is, so it becomes one where it is too long for the
 * body of a row. Thread-safe.
 */
public final class ObjectTransfer {
    /** The name of all blobs of versions that are compared. */
    private static final BlobId ANY = new BlobId(0);

    private final ObjectRows source;
    private final ObjectRows target;
    private final Contents contents;
    private final BlobTransfer blobs;
    private final int mostTailBytes;

    public ObjectTransfer(Engine source, Engine target, BlobTransfer blobs) {
        this.source = new ObjectRows(source.metadata());
        this.target = new ObjectRows(target.metadata());
        this.contents = new Contents(source);
        this.blobs = blobs;
        this.mostTailBytes = target.metadata().maxBodyBytes();
    }

    /**
     * Copies the bytes of a version.
     *
     * @param row the version's own, no delete marker
     * @return what writes it and its list of extents into the other engine, unless it is there
     * @throws StoreException {@code CORRUPT} or {@code GONE} if it is not what was written; what the engines throw
     */
    public Commit version(Row row) {
        StoredObject stored = complete(source, row);
        Content content = stored.version().content();
        Optional<ByteBuffer> tail = contents.storedTail(stored);
        List<Extent> extents = new ArrayList<>(content.extents().size() + 1);
        try {
            for (Extent extent : content.extents()) {
                BlobId copy = blobs.copy(extent.blob(), content.encryption().storedBytes(extent.lengthBytes()));
                extents.add(new Extent(copy, extent.lengthBytes(), extent.salt()));
            }
            boolean stays = tail.isEmpty() || tail.get().remaining() <= mostTailBytes;
            if (!stays) {
                extents.add(new Extent(blobs.store(tail.get()), content.tailBytes(), content.tailSalt()));
            }
            Content moved = stays ? content.with(extents) : Content.of(extents, content.encryption(), content.parts());
            List<Change> changes = target.put(row.key(), stored.version().with(moved), stays ? tail : Optional.empty());
            return new Commit(
                    row.key().group(), List.of(Expected.absent(row.key())), changes, moved.blobs(), List.of());
        } catch (StoreException e) {
            extents.forEach(extent -> blobs.discard(extent.blob()));
            throw e;
        }
    }

    /**
     * What makes a version the current one, which has a row of its own in the other engine already.
     *
     * @param copy of kind {@link ObjectRows#CURRENT}
     * @throws StoreException {@code CORRUPT} if the row of its own is not there
     */
    public Commit current(Row copy) {
        StoredObject own = complete(target, target.ownRow(complete(source, copy)));
        Change change = ObjectRows.putCopy(copy.key().group(), own.version());
        return Commit.ofRows(copy.key().group(), List.of(), List.of(change));
    }

    /**
     * Whether two rows of versions say the same of the same bytes, wherever these are.
     *
     * @param moved as it is in the other engine
     */
    public boolean isSame(Row row, Row moved) {
        return Arrays.equals(normal(complete(source, row)), normal(complete(target, moved)));
    }

    private static byte[] normal(StoredObject stored) {
        Content content = stored.version().content();
        List<Extent> extents = new ArrayList<>();
        content.extents().forEach(extent -> extents.add(new Extent(ANY, extent.lengthBytes(), extent.salt())));
        if (content.tailBytes() > 0) {
            extents.add(new Extent(ANY, content.tailBytes(), content.tailSalt()));
        }
        return stored.version()
                .with(new Content(extents, 0, Salt.NONE, content.encryption(), content.parts()))
                .toBytes(stored.place(), true);
    }

    private static StoredObject complete(ObjectRows rows, Row row) {
        return rows.complete(row)
                .orElseThrow(
                        () -> new StoreException(StoreException.Reason.CORRUPT, "the row of its extents is missing"));
    }
}
