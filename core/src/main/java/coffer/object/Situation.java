package coffer.object;

import coffer.bucket.Bucket;
import coffer.lock.ObjectLockConfiguration;
import coffer.record.UniqueIds;
import coffer.versioning.Versioning;
import java.time.Instant;
import java.util.Optional;

/** What a change meets: the bucket's settings are those of now, however long ago the request began. */
record Situation(
        Bucket bucket, KeyState state, Versioning versioning, Optional<ObjectLockConfiguration> lock, Instant time) {
    VersionId id(UniqueIds ids) {
        if (versioning == Versioning.NEVER) {
            return VersionId.UNVERSIONED;
        }
        return new VersionId(ids.nextSequence(state.newestSequence()), versioning == Versioning.SUSPENDED);
    }
}
