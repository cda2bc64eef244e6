package coffer.object;

import coffer.access.Acl;
import coffer.access.AclDocument;
import coffer.access.AclHeaders;
import coffer.access.S3Acl;
import coffer.api.CosResponse;
import coffer.bucket.Bucket;
import coffer.bucket.BucketService;
import coffer.bucket.BucketSetting;
import coffer.bucket.BucketSettings;
import coffer.bucket.Settings;
import coffer.request.CosRequest;
import coffer.request.Handler;
import coffer.request.Protocol;
import java.util.Optional;

/** The two operations on the ACL of a version. Source: COS API reference, "PUT Object acl", "GET Object acl". */
public final class ObjectAcl {
    private final BucketService buckets;
    private final BucketSettings settings;
    private final ObjectService objects;

    public ObjectAcl(BucketService buckets, BucketSettings settings, ObjectService objects) {
        this.buckets = buckets;
        this.settings = settings;
        this.objects = objects;
    }

    /** GET; the header tells the SDKs that the object has no ACL of its own, and the document is the bucket's then. */
    public Handler get() {
        return request -> {
            Bucket bucket = buckets.of(request);
            Possession stored = objects.versions()
                    .require(bucket, request.key(), Versions.named(request.query()))
                    .version()
                    .attributes()
                    .possession();
            Possession possession = objects.possessions().inForce(stored, bucket);
            return request.protocol() == Protocol.S3
                    ? CosResponse.xml(S3Acl.write(acl(bucket, possession), possession.owner(bucket)))
                    : cos(bucket, possession);
        };
    }

    private CosResponse cos(Bucket bucket, Possession possession) {
        CosResponse answer = CosResponse.xml(AclDocument.write(acl(bucket, possession), possession.owner(bucket)));
        return possession.acl().isPresent() ? answer : answer.with("x-cos-acl", "default");
    }

    private Acl acl(Bucket bucket, Possession possession) {
        return possession.acl().or(() -> settings.find(bucket, Settings.ACL)).orElse(Acl.PRIVATE);
    }

    /** PUT: headers or a document; if there are both, the headers count. A locked version may get another ACL. */
    public Handler put() {
        return request -> {
            Bucket bucket = buckets.of(request);
            Optional<String> named = Versions.named(request.query());
            StoredObject found = objects.versions().require(bucket, request.key(), named);
            Optional<Acl> acl = acl(
                    request, bucket, found.version().attributes().possession().owner(bucket));
            objects.possessions().require(bucket, acl.orElse(Acl.PRIVATE));
            ObjectVersion _ = objects.rewrite(
                    bucket,
                    request.key(),
                    () -> objects.versions().require(bucket, request.key(), named),
                    version -> version.with(version.attributes()
                            .with(version.attributes().possession().with(acl))));
            return CosResponse.ok();
        };
    }

    private static Optional<Acl> acl(CosRequest request, Bucket bucket, String ownerUin) {
        boolean isInHeaders = AclHeaders.areIn(request.headers());
        return switch (request.protocol()) {
            case COS ->
                isInHeaders
                        ? AclHeaders.ofObject(request.headers(), bucket.ownerUin())
                        : Optional.of(AclDocument.ofObject(request.document(BucketSetting.MAX_XML_BYTES), ownerUin));
            case S3 ->
                Optional.of(
                        isInHeaders
                                ? S3Acl.ofObject(request.headers(), ownerUin, bucket.ownerUin())
                                : S3Acl.read(request.document(BucketSetting.MAX_XML_BYTES), ownerUin));
        };
    }
}
