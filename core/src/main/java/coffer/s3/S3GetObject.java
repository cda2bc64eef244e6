package coffer.s3;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.CosResponse;
import coffer.bucket.BucketService;
import coffer.object.AccessControl;
import coffer.request.CosRequest;
import coffer.request.Handler;

/**
 * Reads objects, and tells that there is none to those only who may list the bucket. Source: S3 API reference,
 * "GetObject", "HeadObject", "Permissions".
 */
public final class S3GetObject implements Handler {
    private final BucketService buckets;
    private final AccessControl access;
    private final Handler handler;

    /** @param handler what answers where there is an object */
    public S3GetObject(BucketService buckets, AccessControl access, Handler handler) {
        this.buckets = buckets;
        this.access = access;
        this.handler = handler;
    }

    @Override
    public CosResponse handle(CosRequest request) {
        try {
            return handler.handle(request);
        } catch (CosException e) {
            boolean isHidden = e.error() == CosError.NO_SUCH_KEY && !access.mayList(request, buckets.of(request));
            throw isHidden ? CosError.ACCESS_DENIED.exception() : e;
        }
    }
}
