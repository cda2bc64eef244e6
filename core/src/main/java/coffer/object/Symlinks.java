package coffer.object;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.bucket.Bucket;
import coffer.object.AccessControl.Question;
import java.util.Optional;

/** Where reads arrive that begin at a symlink. Source: COS docs, "Symlink". Thread-safe. */
final class Symlinks {
    private final ObjectService objects;
    private final AccessControl access;

    Symlinks(ObjectService objects, AccessControl access) {
        this.objects = objects;
        this.access = access;
    }

    /**
     * What a read gets of what it has found: that itself or, if it is a symlink, the current version of the object that it
     * leads to.
     *
     * @param question who reads and what that is called, which is asked of the other object, too
     * @throws CosException {@code NoSuchKey}, {@code AccessDenied}; {@code InvalidObjectState} if it leads to a symlink
     */
    StoredObject follow(Question question, Bucket bucket, StoredObject found) {
        Optional<String> key = found.version().linkTarget();
        if (key.isEmpty()) {
            return found;
        }
        access.requireObject(question, bucket, key.get(), Optional.empty());
        StoredObject target = objects.find(bucket, key.get())
                .orElseThrow(
                        () -> CosError.NO_SUCH_KEY.because("The object that the symlink leads to does not exist."));
        if (target.version().linkTarget().isPresent()) {
            throw CosError.SYMLINK_TO_SYMLINK.exception();
        }
        return target;
    }
}
