package coffer.object;

import coffer.api.CosError;
import coffer.api.CosResponse;
import coffer.api.XmlWriter;
import coffer.bucket.Bucket;
import coffer.bucket.BucketService;
import coffer.bucket.BucketSettings;
import coffer.bucket.Settings;
import coffer.lock.LegalHold;
import coffer.lock.ObjectLock;
import coffer.lock.Retention;
import coffer.request.CosRequest;
import coffer.request.Handler;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The four operations on what keeps a version as it is. Source: COS API reference, "PUT Object retention", "GET Object
 * retention"; S3 API reference, "PutObjectLegalHold", "GetObjectLegalHold".
 */
public final class ObjectRetention {
    private static final int MAX_DOCUMENT_BYTES = 64 * 1024;

    private final BucketService buckets;
    private final BucketSettings settings;
    private final ObjectService objects;
    private final GovernanceBypass bypass;
    private final InstantSource clock;

    public ObjectRetention(
            BucketService buckets,
            BucketSettings settings,
            ObjectService objects,
            GovernanceBypass bypass,
            InstantSource clock) {
        this.buckets = buckets;
        this.settings = settings;
        this.objects = objects;
        this.bypass = bypass;
        this.clock = clock;
    }

    /** PUT retention: it only gets longer. */
    public Handler put() {
        return request -> {
            Retention retention = Retention.read(request.document(MAX_DOCUMENT_BYTES));
            boolean bypasses =
                    bypass.isMeant(request, buckets.of(request), request.key(), Versions.named(request.query()));
            return change(request, lock -> lock.with(retention, clock.instant(), bypasses));
        };
    }

    /** GET retention. */
    public Handler get() {
        return request -> {
            XmlWriter xml = new XmlWriter();
            find(request)
                    .retention()
                    .orElseThrow(CosError.NO_SUCH_OBJECT_LOCK_CONFIGURATION::exception)
                    .write(xml);
            return CosResponse.xml(xml);
        };
    }

    /** GET retention, an error where object lock is off. */
    public Handler getWhereEnabled() {
        Handler get = get();
        return request -> {
            requireEnabled(buckets.of(request));
            return get.handle(request);
        };
    }

    /** PUT legal hold. */
    public Handler putLegalHold() {
        return request -> {
            LegalHold hold = LegalHold.read(request.document(MAX_DOCUMENT_BYTES));
            return change(request, lock -> lock.with(hold));
        };
    }

    /** GET legal hold, an error where none was ever set. */
    public Handler getLegalHold() {
        return request -> {
            requireEnabled(buckets.of(request));
            XmlWriter xml = new XmlWriter();
            find(request)
                    .hold()
                    .orElseThrow(CosError.NO_SUCH_OBJECT_LOCK_CONFIGURATION::exception)
                    .write(xml);
            return CosResponse.xml(xml);
        };
    }

    private ObjectLock find(CosRequest request) {
        return objects.versions()
                .require(buckets.of(request), request.key(), Versions.named(request.query()))
                .version()
                .attributes()
                .lock();
    }

    private CosResponse change(CosRequest request, UnaryOperator<ObjectLock> change) {
        Bucket bucket = buckets.of(request);
        requireEnabled(bucket);
        Optional<String> named = Versions.named(request.query());
        ObjectVersion _ = objects.rewrite(
                bucket,
                request.key(),
                () -> objects.versions().require(bucket, request.key(), named),
                found -> found.with(
                        found.attributes().with(change.apply(found.attributes().lock()))));
        return CosResponse.ok();
    }

    private void requireEnabled(Bucket bucket) {
        if (settings.find(bucket, Settings.OBJECT_LOCK).isEmpty()) {
            throw CosError.INVALID_REQUEST.because(ObjectLock.NOT_ENABLED);
        }
    }
}
