package coffer.bucket;

import coffer.api.CosResponse;
import coffer.api.XmlWriter;
import coffer.request.CosRequest;
import coffer.request.Handler;

/** Source: COS API reference, "GET Bucket location": the region is the text of the root element. */
public final class GetBucketLocation implements Handler {
    private final BucketService buckets;

    public GetBucketLocation(BucketService buckets) {
        this.buckets = buckets;
    }

    @Override
    public CosResponse handle(CosRequest request) {
        Bucket bucket = buckets.of(request);
        return CosResponse.xml(new XmlWriter().element("LocationConstraint", bucket.region()));
    }
}
