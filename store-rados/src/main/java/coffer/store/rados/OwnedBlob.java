package coffer.store.rados;

import coffer.store.BlobId;
import coffer.store.StoreException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A blob and the group that has it, or may yet.
 *
 * @param group as {@link LeafKeys#group} has it
 */
record OwnedBlob(String space, RowName group, BlobId blob) {
    private static final byte FORMAT = 1;

    byte[] markKey() {
        return LeafKeys.blob(group.bytes(), blob);
    }

    byte[] garbageKey() {
        return LeafKeys.garbage(group.bytes(), blob);
    }

    /** Space and group as a claim has them: 01, length of the space, space, group. */
    byte[] toBytes() {
        byte[] name = space.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(2 + name.length + group.bytes().length)
                .put(FORMAT)
                .put((byte) name.length)
                .put(name)
                .put(group.bytes())
                .array();
    }

    /** @throws StoreException {@code CORRUPT} if that is no claim */
    static OwnedBlob fromBytes(BlobId blob, byte[] claim) {
        if (claim.length < 2 || claim[0] != FORMAT || claim.length < 2 + claim[1]) {
            throw new StoreException(StoreException.Reason.CORRUPT, "the claim of a blob is not readable");
        }
        int end = 2 + claim[1];
        return new OwnedBlob(
                new String(claim, 2, claim[1], StandardCharsets.US_ASCII),
                new RowName(Arrays.copyOfRange(claim, end, claim.length)),
                blob);
    }
}
