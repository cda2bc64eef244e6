package coffer.object;

import coffer.access.Acl;
import coffer.access.AclHeaders;
import coffer.access.ObjectOwnership;
import coffer.access.S3Acl;
import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Headers;
import coffer.bucket.AccessRules;
import coffer.bucket.Bucket;
import coffer.bucket.BucketSettings;
import coffer.identity.Caller;
import coffer.request.CosRequest;
import coffer.request.Protocol;
import java.util.Optional;

/** Whose objects become, and who else may use them, by what a write says and what their bucket is set to. Thread-safe. */
public final class Possessions {
    private static final String CANNED = "x-cos-acl";
    private static final String FOR_BUCKET_OWNER = "bucket-owner-full-control";
    private static final Possession PRIVATE_OF_BUCKET = new Possession(Optional.empty(), Optional.of(Acl.PRIVATE));

    private final AccessRules rules;

    Possessions(BucketSettings settings) {
        this.rules = new AccessRules(settings);
    }

    /** As below, of a request that says all in its headers. */
    public Possession of(CosRequest request, Bucket bucket) {
        return of(request.headers(), bucket, request.caller(), request.protocol());
    }

    /**
     * What a write says of it. What is uploaded without a signature belongs to the bucket's owner. What an S3 client says
     * nothing of is private; what a COS client says nothing of is as its bucket is.
     *
     * @throws CosException {@code InvalidArgument} and the like for an ACL that must not be,
     *     {@code AccessControlListNotSupported}, {@code AccessDenied}
     */
    Possession of(Headers headers, Bucket bucket, Caller caller, Protocol protocol) {
        boolean isForBucketOwner =
                headers.nonEmpty(CANNED).filter(FOR_BUCKET_OWNER::equals).isPresent();
        ObjectOwnership ownership = rules.ownership(bucket);
        if (ownership == ObjectOwnership.BUCKET_OWNER_ENFORCED) {
            if (AclHeaders.areIn(headers) && !isForBucketOwner) {
                throw CosError.ACCESS_CONTROL_LIST_NOT_SUPPORTED.exception();
            }
            return protocol == Protocol.S3 ? PRIVATE_OF_BUCKET : Possession.OF_BUCKET;
        }
        boolean isHandedOver = isForBucketOwner && ownership == ObjectOwnership.BUCKET_OWNER_PREFERRED;
        Optional<String> owner = caller instanceof Caller.Signed signed && !isHandedOver
                ? Optional.of(signed.account().uin()).filter(uin -> !uin.equals(bucket.ownerUin()))
                : Optional.empty();
        Optional<Acl> acl = switch (protocol) {
            case COS -> AclHeaders.areIn(headers) ? AclHeaders.ofObject(headers, bucket.ownerUin()) : Optional.empty();
            case S3 -> Optional.of(S3Acl.ofObject(headers, owner.orElse(bucket.ownerUin()), bucket.ownerUin()));
        };
        acl.ifPresent(set -> rules.require(bucket, set));
        return owner.isEmpty() && acl.isEmpty() ? Possession.OF_BUCKET : new Possession(owner, acl);
    }

    /** What of it counts in its bucket. */
    Possession inForce(Possession possession, Bucket bucket) {
        return rules.ownership(bucket) == ObjectOwnership.BUCKET_OWNER_ENFORCED ? PRIVATE_OF_BUCKET : possession;
    }

    /**
     * Lets pass an ACL that may be set on an object.
     *
     * @throws CosException as {@link AccessRules#require}
     */
    void require(Bucket bucket, Acl acl) {
        rules.require(bucket, acl);
    }
}
