package coffer.object;

import java.util.Optional;

/**
 * What became of a deletion.
 *
 * @param made the delete marker it left
 * @param removed what was removed for good because its version was named
 */
public record Deletion(Optional<DeleteMarker> made, Optional<KeptVersion> removed) {
    /** Nothing was there. */
    static final Deletion NOTHING = new Deletion(Optional.empty(), Optional.empty());

    /** Whether a delete marker came or went. */
    boolean concernsMarker() {
        return made.isPresent()
                || removed.filter(StoredMarker.class::isInstance).isPresent();
    }

    /** The marker that came or the version that went. */
    Optional<String> versionId() {
        return made.map(DeleteMarker::id).or(() -> removed.map(KeptVersion::id)).map(VersionId::text);
    }
}
