package coffer.object;

import coffer.access.Acl;
import coffer.access.AclDocument;
import coffer.access.AclHeaders;
import coffer.api.CosResponse;
import coffer.bucket.Bucket;
import coffer.bucket.BucketService;
import coffer.bucket.BucketSetting;
import coffer.bucket.BucketSettings;
import coffer.bucket.Settings;
import coffer.request.CosRequest;
import coffer.request.Handler;
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
            Possession possession = objects.versions()
                    .require(bucket, request.key(), Versions.named(request.query()))
                    .version()
                    .attributes()
                    .possession();
            Acl acl = possession
                    .acl()
                    .or(() -> settings.find(bucket, Settings.ACL))
                    .orElse(Acl.PRIVATE);
            CosResponse answer = CosResponse.xml(AclDocument.write(acl, possession.owner(bucket)));
            return possession.acl().isPresent() ? answer : answer.with("x-cos-acl", "default");
        };
    }

    /** PUT: headers or a document; if there are both, the headers count. A locked version may get another ACL. */
    public Handler put() {
        return request -> {
            Bucket bucket = buckets.of(request);
            Optional<String> named = Versions.named(request.query());
            StoredObject found = objects.versions().require(bucket, request.key(), named);
            Optional<Acl> acl = acl(
                    request, bucket, found.version().attributes().possession().owner(bucket));
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
        return AclHeaders.areIn(request.headers())
                ? AclHeaders.ofObject(request.headers(), bucket.ownerUin())
                : Optional.of(AclDocument.ofObject(request.document(BucketSetting.MAX_XML_BYTES), ownerUin));
    }
}
