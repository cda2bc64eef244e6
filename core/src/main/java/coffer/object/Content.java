package coffer.object;

import coffer.store.BlobId;
import java.util.List;

/**
 * Where the bytes of an object are: extents one after another, then a tail that is the body of the object's own row.
 * A small object is only a tail; a multipart object only extents; an object that grows by appending has both.
 */
public record Content(List<Extent> extents, long tailBytes) {
    /** No bytes. */
    public static final Content EMPTY = new Content(List.of(), 0);

    public Content {
        extents = List.copyOf(extents);
    }

    static Content tail(long bytes) {
        return new Content(List.of(), bytes);
    }

    long sizeBytes() {
        return extents.stream().mapToLong(Extent::lengthBytes).sum() + tailBytes;
    }

    /** The blobs a row with this content refers to. */
    public List<BlobId> blobs() {
        return extents.stream().map(Extent::blob).toList();
    }
}
