package coffer.housekeeping;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.bucket.Bucket;
import coffer.event.ObjectEvent;
import coffer.object.Replicas;
import coffer.object.StorageClass;
import coffer.object.StoredObject;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A bucket of this server. */
final class LocalDestination implements Destination {
    private static final Logger LOG = LoggerFactory.getLogger(LocalDestination.class);

    private final Replicas replicas;
    private final Bucket bucket;
    private final Optional<StorageClass> storageClass;

    LocalDestination(Replicas replicas, Bucket bucket, Optional<StorageClass> storageClass) {
        this.replicas = replicas;
        this.bucket = bucket;
        this.storageClass = storageClass;
    }

    @Override
    public Outcome copy(Bucket from, StoredObject source) {
        return attempt(source.key(), () -> replicas.copy(from, source, bucket, storageClass));
    }

    @Override
    public Outcome mark(Bucket from, ObjectEvent marked) {
        return attempt(marked.key(), () -> {
            replicas.mark(from, marked.key(), marked.versionId().orElse(""), bucket);
            return true;
        });
    }

    private Outcome attempt(String key, BooleanSupplier copy) {
        try {
            return copy.getAsBoolean() ? Outcome.DONE : Outcome.LATER;
        } catch (CosException e) {
            boolean later = isAboutTheBucket(e.error());
            LOG.info(
                    "{} was not copied to {}{}: {}",
                    key,
                    bucket.name(),
                    later ? ", and will be in a while" : "",
                    e.message());
            return later ? Outcome.LATER : Outcome.IMPOSSIBLE;
        }
    }

    private static boolean isAboutTheBucket(CosError error) {
        return switch (error) {
            case INVALID_BUCKET_STATE, NO_SUCH_BUCKET, SERVICE_UNAVAILABLE, PATH_CONFLICT, INTERNAL_ERROR -> true;
            default -> error.status() == 403 && error != CosError.INVALID_OBJECT_STATE;
        };
    }
}
