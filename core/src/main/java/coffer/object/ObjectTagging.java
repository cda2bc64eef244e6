package coffer.object;

import coffer.api.CosResponse;
import coffer.api.XmlWriter;
import coffer.bucket.Bucket;
import coffer.bucket.BucketService;
import coffer.object.AccessControl.Question;
import coffer.request.CosRequest;
import coffer.request.Handler;
import coffer.tagging.TagLimits;
import coffer.tagging.Tags;
import java.time.InstantSource;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The three operations on the tags of a version. Source: COS API reference, "PUT Object tagging", "GET Object tagging",
 * "DELETE Object tagging".
 */
public final class ObjectTagging {
    private static final int MAX_DOCUMENT_BYTES = 64 * 1024;

    private final BucketService buckets;
    private final ObjectService objects;
    private final AccessControl access;
    private final InstantSource clock;

    public ObjectTagging(BucketService buckets, ObjectService objects, AccessControl access, InstantSource clock) {
        this.buckets = buckets;
        this.objects = objects;
        this.access = access;
        this.clock = clock;
    }

    /** PUT: in place of all tags there are. Policies may say which tags somebody may set, so it asks itself. */
    public Handler put() {
        return request -> {
            Tags tags = Tags.ofObject(request.document(MAX_DOCUMENT_BYTES));
            access.requireObject(
                    Question.of(request, "PutObjectTagging").saying("x-cos-tagging", tags.header()),
                    buckets.of(request),
                    request.key(),
                    Versions.named(request.query()));
            return set(request, tags, CosResponse.ok());
        };
    }

    /** GET; an object without tags has an empty set, as the Java SDK needs one. */
    public Handler get() {
        return get(UnaryOperator.identity());
    }

    /** GET, by key: S3 clients compare. */
    public Handler getSorted() {
        return get(tags -> new Tags(tags.limits(), new TreeMap<>(tags.all())));
    }

    private Handler get(UnaryOperator<Tags> order) {
        return request -> {
            Bucket bucket = buckets.of(request);
            ObjectVersion version = objects.versions()
                    .require(bucket, request.key(), Versions.named(request.query()))
                    .version();
            XmlWriter xml = new XmlWriter();
            order.apply(version.attributes().tags()).write(xml);
            return versioned(CosResponse.xml(xml), version);
        };
    }

    /** DELETE. */
    public Handler delete() {
        return request -> set(request, Tags.none(TagLimits.OBJECT), CosResponse.noContent());
    }

    private CosResponse set(CosRequest request, Tags tags, CosResponse answer) {
        Bucket bucket = buckets.of(request);
        Optional<String> named = Versions.named(request.query());
        ObjectVersion version = objects.rewrite(
                bucket, request.key(), () -> objects.versions().require(bucket, request.key(), named), found -> {
                    found.attributes().lock().requireUnlocked(clock.instant(), false);
                    return found.with(found.attributes().with(tags));
                });
        return versioned(answer, version);
    }

    private static CosResponse versioned(CosResponse answer, ObjectVersion version) {
        return version.id().sequence() == 0
                ? answer
                : answer.with("x-cos-version-id", version.id().text());
    }
}
