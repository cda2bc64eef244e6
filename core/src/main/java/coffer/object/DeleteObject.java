package coffer.object;

import coffer.api.CosResponse;
import coffer.bucket.BucketService;
import coffer.request.CosRequest;
import coffer.request.Handler;

/** Source: COS API reference, "DELETE Object": 204 whether or not there was anything. */
public final class DeleteObject implements Handler {
    private final BucketService buckets;
    private final ObjectService objects;

    public DeleteObject(BucketService buckets, ObjectService objects) {
        this.buckets = buckets;
        this.objects = objects;
    }

    @Override
    public CosResponse handle(CosRequest request) {
        if (Versions.isNull(Versions.named(request.query()))) {
            objects.delete(buckets.of(request), request.key());
        }
        return CosResponse.noContent();
    }
}
