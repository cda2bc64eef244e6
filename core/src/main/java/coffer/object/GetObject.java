package coffer.object;

import coffer.api.CosError;
import coffer.api.CosResponse;
import coffer.api.Headers;
import coffer.api.ResponseBody;
import coffer.bucket.Bucket;
import coffer.bucket.BucketService;
import coffer.encryption.ContentKey;
import coffer.request.CosRequest;
import coffer.request.Handler;
import coffer.versioning.Versioning;
import java.util.List;
import java.util.Optional;

/** Source: COS API reference, "GET Object" and "HEAD Object". */
public final class GetObject implements Handler {
    private final BucketService buckets;
    private final ObjectService objects;

    public GetObject(BucketService buckets, ObjectService objects) {
        this.buckets = buckets;
        this.objects = objects;
    }

    @Override
    public CosResponse handle(CosRequest request) {
        Bucket bucket = buckets.of(request);
        ObjectHeaders.checkOverrides(request);
        long bytesPerSecond = TrafficLimit.bytesPerSecond(request);
        Optional<String> named = Versions.named(request.query());
        while (true) {
            StoredObject stored = objects.versions().require(bucket, request.key(), named);
            ObjectVersion version = stored.version();
            ContentKey contentKey = objects.encryption().openToRead(bucket, stored, request.headers());
            switch (Conditions.of(request.headers()).test(version)) {
                case FAILED -> throw CosError.PRECONDITION_FAILED.exception();
                case NOT_MODIFIED -> {
                    return withVersion(ObjectHeaders.notModified(version), bucket, version);
                }
                case PROCEED -> {
                    Optional<CosResponse> answer = answer(request, bucket, stored, contentKey);
                    if (answer.isPresent()) {
                        return withVersion(answer.get(), bucket, version).withBytesPerSecond(bytesPerSecond);
                    }
                    // replaced between finding it and opening it: the new one is as good an answer
                }
            }
        }
    }

    private static List<Headers.Header> checksum(CosRequest request, ObjectVersion version) {
        return ChosenChecksum.isAskedFor(request.headers()) ? ChosenChecksum.answered(version.checksum()) : List.of();
    }

    private CosResponse withVersion(CosResponse response, Bucket bucket, ObjectVersion version) {
        return objects.versioning(bucket) == Versioning.NEVER
                ? response
                : response.with("x-cos-version-id", version.id().text());
    }

    private Optional<CosResponse> answer(
            CosRequest request, Bucket bucket, StoredObject stored, ContentKey contentKey) {
        ObjectVersion version = stored.version();
        long size = version.sizeBytes();
        Optional<Integer> partNumber = PartLayout.asked(request.query());
        if (partNumber.isPresent()) {
            return part(request, bucket, stored, contentKey, partNumber.get());
        }
        if (request.http().method().equals("HEAD")) {
            return Optional.of(ObjectHeaders.describe(CosResponse.ok(), version, contentKey, request.query())
                    .withAll(checksum(request, version))
                    .withBody(new ResponseBody.None(size)));
        }
        Optional<ByteRange> range = request.headers().nonEmpty("Range").flatMap(text -> ByteRange.resolve(text, size));
        CosResponse begun = range.map(part -> CosResponse.of(206).with("Content-Range", "bytes " + part.text(size)))
                .orElseGet(CosResponse::ok);
        CosResponse response = ObjectHeaders.describe(begun, version, contentKey, request.query())
                .withAll(range.isEmpty() ? checksum(request, version) : List.of());
        return withBytes(response, bucket, stored, contentKey, range.orElseGet(() -> new ByteRange(0, size)));
    }

    private Optional<CosResponse> withBytes(
            CosResponse response, Bucket bucket, StoredObject stored, ContentKey contentKey, ByteRange range) {
        return objects.contents()
                .open(bucket, stored, contentKey.cipher(), range.first(), range.lengthBytes())
                .map(pieces -> response.withBody(new ResponseBody.Stored(pieces)));
    }

    /** One part of an object, as it was uploaded. Source: S3 API reference, "GetObject", parameter partNumber. */
    private Optional<CosResponse> part(
            CosRequest request, Bucket bucket, StoredObject stored, ContentKey contentKey, int number) {
        if (request.headers().nonEmpty("Range").isPresent()) {
            throw CosError.INVALID_REQUEST.because("Cannot specify both Range header and partNumber query parameter.");
        }
        ObjectVersion version = stored.version();
        PartLayout layout = PartLayout.of(version);
        ByteRange range = layout.range(number);
        CosResponse begun = range.lengthBytes() == 0
                ? CosResponse.ok()
                : CosResponse.of(206).with("Content-Range", "bytes " + range.text(version.sizeBytes()));
        CosResponse response = ObjectHeaders.describe(begun, version, contentKey, request.query())
                .withAll(layout.isMultipart() ? List.of() : checksum(request, version));
        if (layout.isMultipart()) {
            response = response.with(
                    "x-cos-mp-parts-count", Integer.toString(layout.sizes().size()));
        }
        return request.http().method().equals("HEAD")
                ? Optional.of(response.withBody(new ResponseBody.None(range.lengthBytes())))
                : withBytes(response, bucket, stored, contentKey, range);
    }
}
