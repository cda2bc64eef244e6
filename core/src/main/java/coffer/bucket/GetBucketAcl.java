package coffer.bucket;

import coffer.api.CosResponse;
import coffer.api.XmlWriter;
import coffer.request.CosRequest;
import coffer.request.Handler;

/**
 * The ACL that every bucket and object has until another can be set: its owner may do everything, nobody else anything.
 * Source: COS API reference, "GET Bucket acl", "GET Object acl".
 */
public final class GetBucketAcl implements Handler {
    private final BucketService buckets;

    public GetBucketAcl(BucketService buckets) {
        this.buckets = buckets;
    }

    @Override
    public CosResponse handle(CosRequest request) {
        return CosResponse.xml(document(buckets.of(request)));
    }

    /** The default ACL of a bucket and of what is in it. The Go SDK needs the owner, the Java SDK the {@code xsi} prefix. */
    public static XmlWriter document(Bucket bucket) {
        return new XmlWriter()
                .open("AccessControlPolicy")
                .open("Owner")
                .element("ID", bucket.ownerId())
                .element("DisplayName", bucket.ownerId())
                .close("Owner")
                .open("AccessControlList")
                .open("Grant")
                .openWith(
                        "Grantee",
                        "xmlns:xsi",
                        "http://www.w3.org/2001/XMLSchema-instance",
                        "xsi:type",
                        "CanonicalUser")
                .element("ID", bucket.ownerId())
                .element("DisplayName", bucket.ownerId())
                .close("Grantee")
                .element("Permission", "FULL_CONTROL")
                .close("Grant")
                .close("AccessControlList")
                .close("AccessControlPolicy");
    }
}
