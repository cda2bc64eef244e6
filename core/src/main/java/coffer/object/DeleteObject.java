package coffer.object;

import coffer.api.CosResponse;
import coffer.bucket.Bucket;
import coffer.bucket.BucketService;
import coffer.encryption.EncryptionHeaders;
import coffer.request.CosRequest;
import coffer.request.Handler;
import coffer.versioning.Versioning;
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
        Deletion deletion = Versions.named(request.query())
                .map(id -> objects.delete(
                        bucket,
                        request.key(),
                        VersionId.Named.parse(id),
                        bypass.isMeant(request, bucket, request.key(), Optional.of(id))))
                .orElseGet(() -> objects.delete(bucket, request.key()));
        CosResponse response = CosResponse.noContent().with("x-cos-version-id", versionId(bucket, deletion));
        return deletion.concernsMarker() ? response.with("x-cos-delete-marker", "true") : response;
    }

    private Optional<String> versionId(Bucket bucket, Deletion deletion) {
        return objects.versioning(bucket) == Versioning.NEVER ? Optional.empty() : deletion.versionId();
    }
}
