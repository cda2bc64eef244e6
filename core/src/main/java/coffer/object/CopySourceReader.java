package coffer.object;

import coffer.address.CopySource;
import coffer.api.CosError;
import coffer.api.CosException;
import coffer.bucket.Bucket;
import coffer.bucket.BucketService;
import coffer.object.AccessControl.Question;
import coffer.request.CosRequest;
import coffer.versioning.Versioning;
import java.util.Optional;

/** Finds what a copy copies. Source: COS API reference, "PUT Object - Copy", "Upload Part - Copy". */
public final class CopySourceReader {
    private final BucketService buckets;
    private final ObjectService objects;
    private final AccessControl access;
    private final Symlinks symlinks;

    public CopySourceReader(BucketService buckets, ObjectService objects, AccessControl access) {
        this.buckets = buckets;
        this.objects = objects;
        this.access = access;
        this.symlinks = new Symlinks(objects, access);
    }

    private StoredObject find(Bucket bucket, CopySource source) {
        try {
            return objects.versions().require(bucket, source.key(), source.versionId());
        } catch (CosException e) {
            if (e.error() == CosError.NO_SUCH_KEY && source.versionId().isPresent()) {
                throw CosError.INVALID_COPY_SOURCE.because("The version to be copied is a delete marker.");
            }
            throw e.error().at(source.bucket() + "/" + source.key());
        }
    }

    /** What is copied, as it is now; of a symlink, what it leads to. */
    public record Source(Bucket bucket, StoredObject object) {}

    /** What to call the version that was copied; empty if its bucket was never versioned. */
    public Optional<String> versionOf(Source source) {
        return objects.versioning(source.bucket) == Versioning.NEVER
                ? Optional.empty()
                : Optional.of(source.object.id().text());
    }

    /**
     * Reads x-cos-copy-source, finds the object and checks the conditions on it.
     *
     * @throws CosException {@code InvalidCopySource}, {@code NoSuchBucket}, {@code NoSuchKey}, {@code NoSuchVersion},
     *     {@code AccessDenied}, {@code PreconditionFailed}; {@code InvalidObjectState} if it is archived
     */
    public Source read(CosRequest request) {
        CopySource source = CopySource.parse(
                request.headers().nonEmpty("x-cos-copy-source").orElseThrow(CosError.INVALID_COPY_SOURCE::exception));
        Bucket bucket = buckets.find(source.bucket()).orElseThrow(() -> CosError.NO_SUCH_BUCKET.at(source.bucket()));
        request.headers()
                .nonEmpty("x-cos-source-expected-bucket-owner")
                .filter(expected -> !bucket.isOwnedBy(expected))
                .ifPresent(expected -> {
                    throw CosError.ACCESS_DENIED.because("The source does not belong to the expected owner.");
                });
        Question question = Question.of(request, "GetObject");
        access.requireObject(question, bucket, source.key(), source.versionId());
        StoredObject found = find(bucket, source);
        StoredObject object = symlinks.follow(question, bucket, found);
        object.version().requireReadable(objects.now());
        if (Conditions.ofCopySource(request.headers()).test(found.version()) != Conditions.Outcome.PROCEED) {
            throw CosError.PRECONDITION_FAILED.exception();
        }
        return new Source(bucket, object);
    }
}
