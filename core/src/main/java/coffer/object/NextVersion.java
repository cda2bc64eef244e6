package coffer.object;

import coffer.store.BlobId;
import coffer.store.Change;
import coffer.store.Expected;
import coffer.usage.Amount;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * A version to be committed.
 *
 * @param tail its tail as it is to be stored
 * @param adopt blobs that it refers to and nobody has adopted yet
 * @param alsoExpected further rows of the key that must not have changed
 * @param alsoChanged further changes of the key's rows
 * @param alsoReleased further blobs that are given up
 * @param more how much more the key holds by what is also changed
 */
public record NextVersion(
        ObjectVersion version,
        Optional<ByteBuffer> tail,
        List<BlobId> adopt,
        List<Expected> alsoExpected,
        List<Change> alsoChanged,
        List<BlobId> alsoReleased,
        Amount more) {
    NextVersion with(ObjectVersion placed) {
        return new NextVersion(placed, tail, adopt, alsoExpected, alsoChanged, alsoReleased, more);
    }

    /** A version that changes nothing but the object. */
    public static NextVersion of(ObjectVersion version, Optional<ByteBuffer> tail, List<BlobId> adopt) {
        return new NextVersion(version, tail, adopt, List.of(), List.of(), List.of(), Amount.NONE);
    }
}
