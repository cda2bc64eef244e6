package coffer.access;

import coffer.api.CosError;
import coffer.api.CosException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The ACLs that have a name. Source: COS docs, "ACL", "Preset ACL". */
public enum CannedAcl {
    /** Of objects: no ACL of its own, the one of the bucket counts. */
    DEFAULT("default", false, true),
    PRIVATE("private", true, true),
    PUBLIC_READ("public-read", true, true),
    PUBLIC_READ_WRITE("public-read-write", true, false),
    AUTHENTICATED_READ("authenticated-read", true, true),
    BUCKET_OWNER_READ("bucket-owner-read", false, true),
    BUCKET_OWNER_FULL_CONTROL("bucket-owner-full-control", false, true);

    private final String wireName;
    private final boolean ofBuckets;
    private final boolean ofObjects;

    CannedAcl(String wireName, boolean ofBuckets, boolean ofObjects) {
        this.wireName = wireName;
        this.ofBuckets = ofBuckets;
        this.ofObjects = ofObjects;
    }

    /**
     * Reads the name of an ACL of a bucket.
     *
     * @throws CosException {@code InvalidArgument}
     */
    public static CannedAcl ofBucket(String name) {
        return Arrays.stream(values())
                .filter(canned -> canned.ofBuckets && canned.wireName.equals(name))
                .findFirst()
                .orElseThrow(() -> unknown(Arrays.stream(values())
                        .filter(canned -> canned.ofBuckets)
                        .toList()));
    }

    /**
     * Reads the name of an ACL of an object.
     *
     * @throws CosException {@code InvalidArgument}, also for {@code public-read-write}
     */
    public static CannedAcl ofObject(String name) {
        return Arrays.stream(values())
                .filter(canned -> canned.ofObjects && canned.wireName.equals(name))
                .findFirst()
                .orElseThrow(() -> unknown(Arrays.stream(values())
                        .filter(canned -> canned.ofObjects)
                        .toList()));
    }

    /**
     * Reads the name of an ACL of an object in S3.
     *
     * @throws CosException {@code InvalidArgument}; {@code NotImplemented} for the delivery of logs
     */
    static CannedAcl ofS3Object(String name) {
        return switch (name) {
            // to the group of a service that is not here: nobody but the owner is left
            case "aws-exec-read" -> PRIVATE;
            case "log-delivery-write" ->
                throw CosError.NOT_IMPLEMENTED.because("There is no group for the delivery of logs.");
            default ->
                Arrays.stream(values())
                        .filter(canned -> canned != DEFAULT && canned.wireName.equals(name))
                        .findFirst()
                        .orElseThrow(() -> unknown(Arrays.stream(values())
                                .filter(canned -> canned != DEFAULT)
                                .toList()));
        };
    }

    /**
     * Reads the name of an ACL of a bucket in S3, where those about the owner of the bucket mean nothing more.
     *
     * @throws CosException as {@link #ofS3Object}
     */
    static CannedAcl ofS3Bucket(String name) {
        CannedAcl canned = ofS3Object(name);
        return canned.ofBuckets ? canned : PRIVATE;
    }

    /** What it grants. The SDKs know {@code public-read-write} by READ and WRITE, not by FULL_CONTROL as documented. */
    List<Grant> grants(String bucketOwnerUin) {
        return switch (this) {
            case DEFAULT, PRIVATE -> List.of();
            case PUBLIC_READ -> List.of(new Grant(Grantee.Group.ALL_USERS, Permission.READ));
            case PUBLIC_READ_WRITE ->
                List.of(
                        new Grant(Grantee.Group.ALL_USERS, Permission.READ),
                        new Grant(Grantee.Group.ALL_USERS, Permission.WRITE));
            case AUTHENTICATED_READ -> List.of(new Grant(Grantee.Group.AUTHENTICATED_USERS, Permission.READ));
            case BUCKET_OWNER_READ -> List.of(new Grant(Grantee.root(bucketOwnerUin), Permission.READ));
            case BUCKET_OWNER_FULL_CONTROL -> List.of(new Grant(Grantee.root(bucketOwnerUin), Permission.FULL_CONTROL));
        };
    }

    private static CosException unknown(List<CannedAcl> valid) {
        return CosError.INVALID_ARGUMENT.because("x-cos-acl must be one of "
                + valid.stream().map(canned -> canned.wireName).collect(Collectors.joining(", ")) + ".");
    }
}
