package coffer.object;

import coffer.api.CosResponse;
import coffer.bucket.Bucket;
import coffer.bucket.BucketService;
import coffer.encryption.EncryptionHeaders;
import coffer.request.CosRequest;
import coffer.request.Handler;
import coffer.versioning.Versioning;
import java.util.List;
import java.util.Optional;

/** Source: COS API reference, "DELETE Object": 204 whether or not there was anything. Without a version a
 * versioned bucket keeps them all and gets a delete marker. */
public final class DeleteObject implements Handler {
    private final BucketService buckets;
    private final ObjectService objects;
    private final GovernanceBypass bypass;

    public DeleteObject(BucketService buckets, ObjectService objects, GovernanceBypass bypass) {
        this.buckets = buckets;
        this.objects = objects;
        this.bypass = bypass;
    }

    @Override
    public CosResponse handle(CosRequest request) {
        Bucket bucket = buckets.of(request);
        EncryptionHeaders.refuse(request.headers());
        DeleteConditions conditions = DeleteConditions.of(request.headers());
        Deletion deletion = Versions.named(request.query())
                .map(id -> remove(request, bucket, id, conditions))
                .orElseGet(() -> objects.delete(bucket, request.key(), conditions));
        CosResponse response = CosResponse.noContent().with("x-cos-version-id", versionId(bucket, deletion));
        return deletion.concernsMarker() ? response.with("x-cos-delete-marker", "true") : response;
    }

    private Deletion remove(CosRequest request, Bucket bucket, String versionId, DeleteConditions conditions) {
        Removal removal = new Removal(VersionId.Named.parse(versionId), conditions);
        boolean bypasses = bypass.isMeant(request, bucket, request.key(), Optional.of(versionId));
        return objects.delete(bucket, request.key(), List.of(removal), bypasses).getFirst();
    }

    private Optional<String> versionId(Bucket bucket, Deletion deletion) {
        return objects.versioning(bucket) == Versioning.NEVER ? Optional.empty() : deletion.versionId();
    }
}
