package coffer.bucket;

import coffer.access.Acl;
import coffer.access.AclDocument;
import coffer.access.AclHeaders;
import coffer.access.S3Acl;
import coffer.api.CosException;
import coffer.request.CosRequest;

/** The ACL of a bucket that a request brings, as its client says it. */
public final class RequestedAcl {
    private RequestedAcl() {}

    /**
     * By its headers; {@link Acl#PRIVATE} if they say none.
     *
     * @throws CosException {@code InvalidArgument} and what else is said of {@link S3Acl#ofBucket}
     */
    public static Acl ofHeaders(CosRequest request, String ownerUin) {
        return switch (request.protocol()) {
            case COS -> AclHeaders.ofBucket(request.headers());
            case S3 -> S3Acl.ofBucket(request.headers(), ownerUin);
        };
    }

    /** By its headers or its document; if there are both, the headers count. */
    static Acl of(CosRequest request, String ownerUin) {
        if (AclHeaders.areIn(request.headers())) {
            return ofHeaders(request, ownerUin);
        }
        return switch (request.protocol()) {
            case COS -> AclDocument.ofBucket(request.document(BucketSetting.MAX_XML_BYTES), ownerUin);
            case S3 -> S3Acl.read(request.document(BucketSetting.MAX_XML_BYTES), ownerUin);
        };
    }
}
