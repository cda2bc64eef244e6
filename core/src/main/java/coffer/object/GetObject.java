package coffer.object;

import coffer.api.CosError;
import coffer.api.CosResponse;
import coffer.api.Headers;
import coffer.api.ResponseBody;
import coffer.bucket.Bucket;
import coffer.bucket.BucketService;
import coffer.encryption.ContentKey;
import coffer.object.AccessControl.Question;
import coffer.request.CosRequest;
import coffer.request.Handler;
import coffer.versioning.Versioning;
import java.util.List;
import java.util.Optional;

/** Source: COS API reference, "GET Object" and "HEAD Object". */
public final class GetObject implements Handler {
    private final BucketService buckets;
    private final ObjectService objects;
    private final Symlinks symlinks;

    public GetObject(BucketService buckets, ObjectService objects, AccessControl access) {
        this.buckets = buckets;
        this.objects = objects;
        this.symlinks = new Symlinks(objects, access);
    }

    @Override
    public CosResponse handle(CosRequest request) {
        Bucket bucket = buckets.of(request);
        ObjectHeaders.checkOverrides(request);
        long bytesPerSecond = TrafficLimit.bytesPerSecond(request);
        Optional<String> named = Versions.named(request.query());
        boolean isHead = request.http().method().equals("HEAD");
        Question question = Question.of(request, isHead ? "HeadObject" : "GetObject");
        while (true) {
            StoredObject found = objects.versions().require(bucket, request.key(), named);
            StoredObject stored = symlinks.follow(question, bucket, found);
            ObjectVersion version = stored.version().shownAs(found.version());
            if (!isHead) {
                version.requireReadable(objects.now());
            }
            // That there is no such part is told also to whom the key for it is missing.
            Optional<Stretch> part = Stretch.ofPart(request, stored.version());
            ContentKey contentKey = objects.encryption().openToRead(bucket, stored, request.headers());
            switch (Conditions.of(request.headers()).test(version)) {
                case FAILED -> throw CosError.PRECONDITION_FAILED.exception();
                case NOT_MODIFIED -> {
                    return withVersion(ObjectHeaders.notModified(version), bucket, version);
                }
                case PROCEED -> {
                    Optional<CosResponse> answer = answer(request, bucket, stored, version, contentKey, part);
                    if (answer.isPresent()) {
                        CosResponse described = named.isPresent()
                                ? answer.get()
                                : ObjectHeaders.expiring(answer.get(), objects.expiry(bucket, request.key(), version));
                        return withVersion(described, bucket, version).withBytesPerSecond(bytesPerSecond);
                    }
                    // replaced between finding it and opening it: the new one is as good an answer
                }
            }
        }
    }

    private static List<Headers.Header> checksum(CosRequest request, Stretch stretch) {
        return ChosenChecksum.isAskedFor(request.headers()) ? ChosenChecksum.answered(stretch.checksum()) : List.of();
    }

    private CosResponse withVersion(CosResponse response, Bucket bucket, ObjectVersion version) {
        return objects.versioning(bucket) == Versioning.NEVER
                ? response
                : response.with("x-cos-version-id", version.id().text());
    }

    private Optional<CosResponse> answer(
            CosRequest request,
            Bucket bucket,
            StoredObject stored,
            ObjectVersion version,
            ContentKey contentKey,
            Optional<Stretch> part) {
        Stretch stretch = part.orElseGet(() -> Stretch.ofRange(request, version));
        CosResponse response = ObjectHeaders.describe(stretch.begin(version), version, contentKey, request.query())
                .withAll(ObjectHeaders.restoration(version, objects.now()))
                .withAll(checksum(request, stretch));
        if (request.http().method().equals("HEAD")) {
            return Optional.of(response.withBody(new ResponseBody.None(stretch.lengthBytes())));
        }
        return objects.contents()
                .open(bucket, stored, contentKey.cipher(), stretch.first(), stretch.lengthBytes())
                .map(pieces -> response.withBody(new ResponseBody.Stored(pieces)));
    }
}
