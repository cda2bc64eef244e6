package coffer.multipart;

import coffer.encryption.Encryption;
import coffer.object.BlobTransfer;
import coffer.object.Extent;
import coffer.store.BlobId;
import coffer.store.Change;
import coffer.store.Commit;
import coffer.store.Expected;
import coffer.store.MetadataStore;
import coffer.store.Row;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Takes uploaded parts from one engine into another one, where blobs have other names. Thread-safe. */
public final class PartTransfer {
    private final MetadataStore source;
    private final BlobTransfer blobs;

    public PartTransfer(MetadataStore source, BlobTransfer blobs) {
        this.source = source;
        this.blobs = blobs;
    }

    /**
     * Copies the bytes of a part.
     *
     * @return what writes it into the other engine, unless it is there; empty if its upload has ended, so that it is
     *     nobody's
     * @throws coffer.store.StoreException {@code CORRUPT} or {@code GONE} if it is not what was written; what the engines
     *     throw
     */
    public Optional<Commit> part(Row row) {
        return UploadRows.encryption(source, row).map(encryption -> {
            Part part = with(UploadRows.decode(row), extent -> copy(extent, encryption));
            Change change = Change.put(row.key(), part.toBytes());
            return new Commit(
                    row.key().group(), List.of(Expected.absent(row.key())), List.of(change), part.blobs(), List.of());
        });
    }

    private BlobId copy(Extent extent, Encryption encryption) {
        return blobs.copy(extent.blob(), encryption.storedBytes(extent.lengthBytes()));
    }

    /** Whether two rows of parts say the same of the same bytes, wherever these are. */
    public static boolean isSame(Row row, Row moved) {
        return Arrays.equals(normal(row), normal(moved));
    }

    private static byte[] normal(Row row) {
        return with(UploadRows.decode(row), extent -> new BlobId(0)).toBytes();
    }

    private static Part with(Part part, Function<Extent, BlobId> place) {
        Optional<Extent> moved = part.extent().map(old -> new Extent(place.apply(old), old.lengthBytes(), old.salt()));
        return new Part(part.number(), part.etag(), part.crc64(), part.modified(), moved, part.checksum());
    }
}
