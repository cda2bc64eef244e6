package coffer.bucket;

import coffer.api.CosResponse;
import coffer.request.CosRequest;
import coffer.request.Handler;

/** Source: COS API reference, "HEAD Bucket"; the Python SDK reads x-cos-bucket-region unguarded. */
public final class HeadBucket implements Handler {
    private final BucketService buckets;

    public HeadBucket(BucketService buckets) {
        this.buckets = buckets;
    }

    @Override
    public CosResponse handle(CosRequest request) {
        Bucket bucket = buckets.of(request);
        CosResponse response = CosResponse.ok().with("x-cos-bucket-region", bucket.region());
        return bucket.multiAz() ? response.with("x-cos-bucket-az-type", "MAZ") : response;
    }
}
