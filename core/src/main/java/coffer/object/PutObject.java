package coffer.object;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.CosResponse;
import coffer.api.Headers;
import coffer.bucket.Bucket;
import coffer.bucket.BucketService;
import coffer.encryption.ContentKey;
import coffer.request.CosRequest;
import coffer.request.Handler;
import coffer.request.Protocol;

/** Source: COS API reference, "PUT Object". */
public final class PutObject implements Handler {
    private final BucketService buckets;
    private final ObjectService objects;

    public PutObject(BucketService buckets, ObjectService objects) {
        this.buckets = buckets;
        this.objects = objects;
    }

    @Override
    public CosResponse handle(CosRequest request) {
        Bucket bucket = buckets.of(request);
        Attributes attributes =
                Attributes.of(request.headers(), objects.possessions().of(request, bucket));
        ContentKey contentKey = objects.encryption().begin(bucket, request.key(), request.headers());
        ObjectVersion version = objects.put(
                bucket,
                request.key(),
                attributes,
                contentKey,
                TrafficLimit.paced(request),
                BodyReceiver.Expectation.of(request.headers()),
                overwriteRule(request.headers(), request.protocol()));
        return ObjectHeaders.expiring(
                ObjectHeaders.written(CosResponse.ok(), version, contentKey),
                objects.expiry(bucket, request.key(), version));
    }

    /**
     * What a write may replace: {@code x-cos-forbid-overwrite: true}, and the usual HTTP conditions.
     *
     * @param headers of the request, or the fields of a form
     * @param protocol S3 says of an object that is to be matched and is not there that there is no such key
     * @throws CosException from the rule: {@code FileAlreadyExists}, {@code PreconditionFailed}
     */
    public static ObjectService.Precondition overwriteRule(Headers headers, Protocol protocol) {
        ObjectService.Precondition conditions = Conditions.of(headers)
                .forWrite(protocol == Protocol.S3 ? CosError.NO_SUCH_KEY : CosError.PRECONDITION_FAILED);
        if (headers.first("x-cos-forbid-overwrite")
                .filter("true"::equalsIgnoreCase)
                .isEmpty()) {
            return conditions;
        }
        return current -> {
            conditions.check(current);
            if (current.isPresent()) {
                throw CosError.FILE_ALREADY_EXISTS.exception();
            }
        };
    }
}
