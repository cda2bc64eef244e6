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
 * @param parts the parts of a multipart object, if they are not simply its extents, numbered from 1
 */
public record Content(
        List<Extent> extents, long tailBytes, Salt tailSalt, Encryption encryption, List<ObjectPart> parts) {
    public Content {
        extents = List.copyOf(extents);
        parts = List.copyOf(parts);
    }

    /** Extents only, or nothing at all. */
    public static Content of(List<Extent> extents, Encryption encryption) {
        return of(extents, encryption, List.of());
    }

    /** Extents that came in as parts. */
    public static Content of(List<Extent> extents, Encryption encryption, List<ObjectPart> parts) {
        return new Content(extents, 0, Salt.NONE, encryption, parts);
    }

    static Content tail(long bytes, Salt salt, Encryption encryption) {
        return new Content(List.of(), bytes, salt, encryption, List.of());
    }

    long sizeBytes() {
        return extents.stream().mapToLong(Extent::lengthBytes).sum() + tailBytes;
    }

    /** The blobs a row with this content refers to. */
    public List<BlobId> blobs() {
        return extents.stream().map(Extent::blob).toList();
    }

    /** The same with other extents. */
    Content with(List<Extent> others) {
        return new Content(others, tailBytes, tailSalt, encryption, parts);
    }

    /** The same with the parts that are known of it. */
    Content withParts(List<ObjectPart> known) {
        return new Content(extents, tailBytes, tailSalt, encryption, known);
    }
}
