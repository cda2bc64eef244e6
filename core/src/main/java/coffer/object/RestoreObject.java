package coffer.object;

import coffer.api.CosError;
import coffer.api.CosResponse;
import coffer.bucket.Bucket;
import coffer.bucket.BucketService;
import coffer.request.CosRequest;
import coffer.request.Handler;
import coffer.restore.Restoration;
import coffer.restore.RestoreDelays;
import coffer.restore.RestoreRequest;
import coffer.restore.RestoreTier;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Source: COS API reference, "POST Object restore"; S3 API reference, "RestoreObject". It notes in the version's row from
 * when until when that can be read; nothing else of it changes, and nothing has to be done later.
 */
public final class RestoreObject implements Handler {
    private static final int MAX_DOCUMENT_BYTES = 64 * 1024;

    private final BucketService buckets;
    private final ObjectService objects;
    private final RestoreDelays delays;

    public RestoreObject(BucketService buckets, ObjectService objects, RestoreDelays delays) {
        this.buckets = buckets;
        this.objects = objects;
        this.delays = delays;
    }

    @Override
    public CosResponse handle(CosRequest request) {
        Bucket bucket = buckets.of(request);
        Restore restore = new Restore(RestoreRequest.read(request.document(MAX_DOCUMENT_BYTES)));
        Optional<String> named = Versions.named(request.query());
        ObjectVersion _ = objects.rewrite(
                bucket, request.key(), () -> objects.versions().require(bucket, request.key(), named), restore);
        return CosResponse.of(restore.extended ? 200 : 202);
    }

    /** The change of the version; tried again if another request was faster. */
    private final class Restore implements UnaryOperator<ObjectVersion> {
        private final RestoreRequest asked;
        private boolean extended;

        Restore(RestoreRequest asked) {
            this.asked = asked;
        }

        @Override
        public ObjectVersion apply(ObjectVersion found) {
            StorageClass storageClass = found.attributes().storageClass();
            if (!storageClass.isArchive()) {
                throw CosError.RESTORE_NON_ARCHIVE_OBJECT.exception();
            }
            if (storageClass == StorageClass.DEEP_ARCHIVE && asked.tier() == RestoreTier.EXPEDITED) {
                throw CosError.INVALID_ARGUMENT.because("The tier Expedited is not for objects of class DEEP_ARCHIVE.");
            }
            Instant now = objects.now();
            Optional<Restoration> last = found.restoration(now);
            if (last.filter(restoration -> restoration.isOngoing(now)).isPresent()) {
                throw CosError.RESTORE_ALREADY_IN_PROGRESS.exception();
            }
            extended = last.isPresent();
            return found.with(last.map(restoration -> restoration.extended(asked, now))
                    .orElseGet(() -> Restoration.begin(asked, now, delays.of(asked.tier()))));
        }
    }
}
