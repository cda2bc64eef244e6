package coffer.bucket;

import coffer.api.CosResponse;
import coffer.request.CosRequest;
import coffer.request.Handler;
import java.util.List;

/** Source: COS API reference, "DELETE Bucket": neither objects nor multipart uploads may be left in it. */
public final class DeleteBucket implements Handler {
    private final BucketService buckets;
    private final List<Character> contentKinds;

    /** @param contentKinds the kinds of rows that make a bucket not empty */
    public DeleteBucket(BucketService buckets, List<Character> contentKinds) {
        this.buckets = buckets;
        this.contentKinds = List.copyOf(contentKinds);
    }

    @Override
    public CosResponse handle(CosRequest request) {
        buckets.delete(buckets.of(request), contentKinds);
        return CosResponse.noContent();
    }
}
