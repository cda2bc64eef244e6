package coffer.object;

import coffer.encryption.Encryption;
import coffer.encryption.Salt;
import coffer.store.BlobId;
import java.util.List;

/**
 * Where the bytes of an object are: extents one after another, then a tail that is the body of the object's own row.
 * A small object is only a tail; a multipart object only extents; an object that grows by appending has both.
 *
 * @param tailBytes length of the tail before it was encrypted
 * @param tailSalt what the tail was encrypted with, or {@link Salt#NONE}
 * @param encryption how all of it is encrypted
 */
public record Content(List<Extent> extents, long tailBytes, Salt tailSalt, Encryption encryption) {
    public Content {
        extents = List.copyOf(extents);
    }

    /** Extents only, or nothing at all. */
    public static Content of(List<Extent> extents, Encryption encryption) {
        return new Content(extents, 0, Salt.NONE, encryption);
    }

    static Content tail(long bytes, Salt salt, Encryption encryption) {
        return new Content(List.of(), bytes, salt, encryption);
    }

    long sizeBytes() {
        return extents.stream().mapToLong(Extent::lengthBytes).sum() + tailBytes;
    }

    /** The blobs a row with this content refers to. */
    public List<BlobId> blobs() {
        return extents.stream().map(Extent::blob).toList();
    }

    /** The same with the extents that a row of its own holds. */
    Content with(List<Extent> others) {
        return new Content(others, tailBytes, tailSalt, encryption);
    }
}
