package coffer.operation;

import static coffer.api.CosError.NO_SUCH_BUCKET_POLICY;
import static coffer.api.CosError.NO_SUCH_CORS_CONFIGURATION;
import static coffer.api.CosError.NO_SUCH_ENCRYPTION_CONFIGURATION;
import static coffer.api.CosError.NO_SUCH_LIFECYCLE_CONFIGURATION;
import static coffer.api.CosError.NO_SUCH_OBJECT_LOCK_CONFIGURATION;
import static coffer.api.CosError.NO_SUCH_PUBLIC_ACCESS_BLOCK_CONFIGURATION;
import static coffer.api.CosError.NO_SUCH_STRICT_SIGNATURE_CONFIGURATION;
import static coffer.api.CosError.NO_SUCH_TAG_SET;
import static coffer.api.CosError.NO_SUCH_WEBSITE_CONFIGURATION;
import static coffer.api.CosError.ORIGIN_CONFIGURATION_NOT_FOUND;
import static coffer.api.CosError.OWNERSHIP_CONTROLS_NOT_FOUND;
import static coffer.api.CosError.REPLICATION_CONFIGURATION_NOT_FOUND;
import static coffer.bucket.Settings.ACCELERATE;
import static coffer.bucket.Settings.CORS;
import static coffer.bucket.Settings.ENCRYPTION;
import static coffer.bucket.Settings.LIFECYCLE;
import static coffer.bucket.Settings.LOGGING;
import static coffer.bucket.Settings.LOGGING_ANSWERED;
import static coffer.bucket.Settings.NOTIFICATION;
import static coffer.bucket.Settings.OBJECT_LOCK;
import static coffer.bucket.Settings.ORIGIN;
import static coffer.bucket.Settings.OWNERSHIP_CONTROLS;
import static coffer.bucket.Settings.POLICY;
import static coffer.bucket.Settings.PUBLIC_ACCESS_BLOCK;
import static coffer.bucket.Settings.REFERER;
import static coffer.bucket.Settings.REPLICATION;
import static coffer.bucket.Settings.STRICT_SIGNATURE;
import static coffer.bucket.Settings.TAGGING;
import static coffer.bucket.Settings.VERSIONING;
import static coffer.bucket.Settings.WEBSITE;
import static coffer.operation.Handlers.acl;
import static coffer.operation.Handlers.delete;
import static coffer.operation.Handlers.fetch;
import static coffer.operation.Handlers.get;
import static coffer.operation.Handlers.put;
import static coffer.operation.Handlers.putLogging;
import static coffer.operation.Handlers.retention;
import static coffer.operation.Handlers.symlink;
import static coffer.operation.Handlers.tags;
import static coffer.operation.Handlers.tiering;
import static coffer.operation.Handlers.unset;
import static coffer.operation.Route.bucket;
import static coffer.operation.Route.control;
import static coffer.operation.Route.object;
import static coffer.operation.Route.service;

import coffer.api.CosError;
import coffer.bucket.AccessRules;
import coffer.bucket.GetBucketAcl;
import coffer.bucket.GetBucketDomain;
import coffer.bucket.GetBucketLocation;
import coffer.bucket.GetBucketPolicyStatus;
import coffer.bucket.HeadBucket;
import coffer.bucket.ListBuckets;
import coffer.bucket.OptionsObject;
import coffer.bucket.PutBucket;
import coffer.bucket.PutBucketAcl;
import coffer.bucket.SettingRules;
import coffer.multipart.AbortMultipartUpload;
import coffer.multipart.CompleteMultipartUpload;
import coffer.multipart.InitiateMultipartUpload;
import coffer.multipart.ListMultipartUploads;
import coffer.multipart.ListParts;
import coffer.multipart.UploadPart;
import coffer.multipart.UploadPartCopy;
import coffer.object.AppendObject;
import coffer.object.CopyObject;
import coffer.object.DeleteMultipleObjects;
import coffer.object.DeleteObject;
import coffer.object.GetObjectAttributes;
import coffer.object.GovernanceBypass;
import coffer.object.ListObjectVersions;
import coffer.object.ListObjects;
import coffer.object.ListObjectsV2;
import coffer.object.ListingWords;
import coffer.object.PostObject;
import coffer.object.PreflightUpload;
import coffer.object.PutObject;
import coffer.object.RestoreObject;
import coffer.operation.Route.Scope;
import coffer.request.Handler;
import coffer.tagging.Tags;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The API on one page. A row per operation; of the rows that match, the one that asks for most answers. Rows without a
 * handler answer 501. The names are those of the COS API reference, the actions those of its access policies.
 */
public enum Operation {
    LIST_BUCKETS(service("GET"), "GetService", s -> new ListBuckets(s.buckets(), s.settings())),

    PUT_BUCKET(bucket("PUT"), "PutBucket", s -> new PutBucket(s.buckets(), s.settings(), s.regions())),
    HEAD_BUCKET(bucket("HEAD"), "HeadBucket", s -> new HeadBucket(s.buckets())),
    DELETE_BUCKET(bucket("DELETE"), "DeleteBucket", Handlers::deleteBucket),
    LIST_OBJECTS(
            bucket("GET"), "GetBucket", s -> new ListObjects(s.buckets(), s.listing(), ListingWords.COS, s.clock())),
    LIST_OBJECTS_V2(
            bucket("GET", "list-type"),
            "GetBucket",
            s -> new ListObjectsV2(s.buckets(), s.listing(), ListingWords.COS, s.clock())),
    LIST_OBJECT_VERSIONS(
            bucket("GET", "versions"),
            "GetBucketObjectVersions",
            s -> new ListObjectVersions(s.buckets(), s.objects(), s.versionListing(), ListingWords.COS, s.clock())),
    GET_BUCKET_LOCATION(bucket("GET", "location"), "GetBucketLocation", s -> new GetBucketLocation(s.buckets())),
    GET_BUCKET_ACL(bucket("GET", "acl"), "GetBucketACL", s -> new GetBucketAcl(s.buckets(), s.settings())),
    PUT_BUCKET_ACL(bucket("PUT", "acl"), "PutBucketACL", s -> new PutBucketAcl(s.buckets(), s.settings())),

    GET_BUCKET_CORS(bucket("GET", "cors"), "GetBucketCORS", s -> get(s, CORS, NO_SUCH_CORS_CONFIGURATION)),
    PUT_BUCKET_CORS(bucket("PUT", "cors"), "PutBucketCORS", s -> put(s, CORS)),
    DELETE_BUCKET_CORS(bucket("DELETE", "cors"), "DeleteBucketCORS", s -> delete(s, CORS)),
    GET_BUCKET_LIFECYCLE(
            bucket("GET", "lifecycle"), "GetBucketLifecycle", s -> get(s, LIFECYCLE, NO_SUCH_LIFECYCLE_CONFIGURATION)),
    PUT_BUCKET_LIFECYCLE(bucket("PUT", "lifecycle"), "PutBucketLifecycle", Handlers::putLifecycle),
    DELETE_BUCKET_LIFECYCLE(bucket("DELETE", "lifecycle"), "DeleteBucketLifecycle", Handlers::deleteLifecycle),
    GET_BUCKET_POLICY(bucket("GET", "policy"), "GetBucketPolicy", s -> get(s, POLICY, NO_SUCH_BUCKET_POLICY)),
    PUT_BUCKET_POLICY(bucket("PUT", "policy"), "PutBucketPolicy", Handlers::putPolicy),
    DELETE_BUCKET_POLICY(bucket("DELETE", "policy"), "DeleteBucketPolicy", s -> delete(s, POLICY)),
    GET_BUCKET_POLICY_STATUS(
            bucket("GET", "policyStatus"),
            "GetBucketPolicyStatus",
            s -> new GetBucketPolicyStatus(s.buckets(), s.settings())),
    GET_PUBLIC_ACCESS_BLOCK(
            bucket("GET", "publicAccessBlock"),
            "GetBucketPublicAccessBlock",
            s -> get(s, PUBLIC_ACCESS_BLOCK, NO_SUCH_PUBLIC_ACCESS_BLOCK_CONFIGURATION)),
    PUT_PUBLIC_ACCESS_BLOCK(
            bucket("PUT", "publicAccessBlock"), "PutBucketPublicAccessBlock", s -> put(s, PUBLIC_ACCESS_BLOCK)),
    DELETE_PUBLIC_ACCESS_BLOCK(
            bucket("DELETE", "publicAccessBlock"),
            "DeleteBucketPublicAccessBlock",
            s -> delete(s, PUBLIC_ACCESS_BLOCK)),
    GET_BUCKET_OWNERSHIP_CONTROLS(
            bucket("GET", "ownershipControls"),
            "GetBucketOwnershipControls",
            s -> get(s, OWNERSHIP_CONTROLS, OWNERSHIP_CONTROLS_NOT_FOUND)),
    PUT_BUCKET_OWNERSHIP_CONTROLS(
            bucket("PUT", "ownershipControls"),
            "PutBucketOwnershipControls",
            s -> put(s, OWNERSHIP_CONTROLS, new AccessRules(s.settings())::ownership)),
    DELETE_BUCKET_OWNERSHIP_CONTROLS(
            bucket("DELETE", "ownershipControls"), "DeleteBucketOwnershipControls", s -> delete(s, OWNERSHIP_CONTROLS)),
    GET_BUCKET_VERSIONING(
            bucket("GET", "versioning"), "GetBucketVersioning", s -> get(s, VERSIONING, "VersioningConfiguration")),
    PUT_BUCKET_VERSIONING(
            bucket("PUT", "versioning"),
            "PutBucketVersioning",
            s -> put(s, VERSIONING, new SettingRules(s.settings())::versioning)),
    GET_BUCKET_REPLICATION(
            bucket("GET", "replication"),
            "GetBucketReplication",
            s -> get(s, REPLICATION, REPLICATION_CONFIGURATION_NOT_FOUND)),
    PUT_BUCKET_REPLICATION(bucket("PUT", "replication"), "PutBucketReplication", Handlers::putReplication),
    DELETE_BUCKET_REPLICATION(bucket("DELETE", "replication"), "DeleteBucketReplication", s -> delete(s, REPLICATION)),
    GET_BUCKET_WEBSITE(
            bucket("GET", "website"), "GetBucketWebsite", s -> get(s, WEBSITE, NO_SUCH_WEBSITE_CONFIGURATION)),
    PUT_BUCKET_WEBSITE(bucket("PUT", "website"), "PutBucketWebsite", s -> put(s, WEBSITE)),
    DELETE_BUCKET_WEBSITE(bucket("DELETE", "website"), "DeleteBucketWebsite", s -> delete(s, WEBSITE)),
    GET_BUCKET_REFERER(bucket("GET", "referer"), "GetBucketReferer", s -> get(s, REFERER, "RefererConfiguration")),
    PUT_BUCKET_REFERER(
            bucket("PUT", "referer"), "PutBucketReferer", s -> put(s, REFERER).removingByEmptyBody()),
    DELETE_BUCKET_REFERER(bucket("DELETE", "referer"), "DeleteBucketReferer", s -> delete(s, REFERER)),
    GET_BUCKET_TAGGING(bucket("GET", "tagging"), "GetBucketTagging", s -> get(s, TAGGING, NO_SUCH_TAG_SET)),
    PUT_BUCKET_TAGGING(
            bucket("PUT", "tagging"),
            "PutBucketTagging",
            s -> put(s, TAGGING).removing(Tags::isEmpty).withoutContent()),
    DELETE_BUCKET_TAGGING(bucket("DELETE", "tagging"), "DeleteBucketTagging", s -> delete(s, TAGGING)),
    GET_BUCKET_INVENTORY(bucket("GET", "inventory", "id"), "GetBucketInventory", InventoryHandlers::get),
    LIST_BUCKET_INVENTORY(bucket("GET", "inventory"), "ListBucketInventory", InventoryHandlers::list),
    PUT_BUCKET_INVENTORY(bucket("PUT", "inventory"), "PutBucketInventory", InventoryHandlers::put),
    POST_BUCKET_INVENTORY(bucket("POST", "inventory"), "PostBucketInventory", InventoryHandlers::post),
    DELETE_BUCKET_INVENTORY(bucket("DELETE", "inventory"), "DeleteBucketInventory", InventoryHandlers::delete),
    GET_BUCKET_LOGGING(
            bucket("GET", "logging"), "GetBucketLogging", s -> get(s, LOGGING_ANSWERED, "BucketLoggingStatus")),
    PUT_BUCKET_LOGGING(bucket("PUT", "logging"), "PutBucketLogging", s -> putLogging(s, LOGGING)),
    GET_BUCKET_DOMAIN(bucket("GET", "domain"), "GetBucketDomain", s -> new GetBucketDomain(s.buckets(), s.settings())),
    PUT_BUCKET_DOMAIN(bucket("PUT", "domain"), "PutBucketDomain", Handlers::putDomain),
    DELETE_BUCKET_DOMAIN(bucket("DELETE", "domain"), "DeleteBucketDomain", Handlers::deleteDomain),
    GET_BUCKET_DOMAIN_CERTIFICATE(
            bucket("GET", "domaincertificate"),
            "GetBucketDomainCertificate",
            unset("DomainCertificate", "Status", "Disabled")),
    PUT_BUCKET_DOMAIN_CERTIFICATE(bucket("PUT", "domaincertificate"), "PutBucketDomainCertificate"),
    DELETE_BUCKET_DOMAIN_CERTIFICATE(bucket("DELETE", "domaincertificate"), "DeleteBucketDomainCertificate"),
    GET_BUCKET_ORIGIN(bucket("GET", "origin"), "GetBucketOrigin", s -> get(s, ORIGIN, ORIGIN_CONFIGURATION_NOT_FOUND)),
    PUT_BUCKET_ORIGIN(bucket("PUT", "origin"), "PutBucketOrigin", s -> put(s, ORIGIN)),
    DELETE_BUCKET_ORIGIN(bucket("DELETE", "origin"), "DeleteBucketOrigin", s -> delete(s, ORIGIN)),
    GET_BUCKET_ENCRYPTION(
            bucket("GET", "encryption"),
            "GetBucketEncryption",
            s -> get(s, ENCRYPTION, NO_SUCH_ENCRYPTION_CONFIGURATION)),
    PUT_BUCKET_ENCRYPTION(bucket("PUT", "encryption"), "PutBucketEncryption", Handlers::putEncryption),
    DELETE_BUCKET_ENCRYPTION(bucket("DELETE", "encryption"), "DeleteBucketEncryption", s -> delete(s, ENCRYPTION)),
    GET_BUCKET_ACCELERATE(
            bucket("GET", "accelerate"), "GetBucketAccelerate", s -> get(s, ACCELERATE, "AccelerateConfiguration")),
    PUT_BUCKET_ACCELERATE(bucket("PUT", "accelerate"), "PutBucketAccelerate", s -> put(s, ACCELERATE)),
    GET_BUCKET_INTELLIGENT_TIERING(
            bucket("GET", "intelligenttiering"),
            "GetBucketIntelligentTiering",
            s -> tiering(s).get()),
    PUT_BUCKET_INTELLIGENT_TIERING(
            bucket("PUT", "intelligenttiering"),
            "PutBucketIntelligentTiering",
            s -> tiering(s).put()),
    LIST_BUCKET_INTELLIGENT_TIERING(
            bucket("GET", "intelligent-tiering"),
            "GetBucketIntelligentTiering",
            s -> tiering(s).list()),
    GET_BUCKET_INTELLIGENT_TIERING_RULE(
            bucket("GET", "intelligent-tiering", "id"),
            "GetBucketIntelligentTiering",
            s -> tiering(s).getRule()),
    PUT_BUCKET_INTELLIGENT_TIERING_RULE(
            bucket("PUT", "intelligent-tiering"),
            "PutBucketIntelligentTiering",
            s -> tiering(s).putRule()),
    DELETE_BUCKET_INTELLIGENT_TIERING_RULE(
            bucket("DELETE", "intelligent-tiering"),
            "PutBucketIntelligentTiering",
            s -> tiering(s).deleteRule()),
    GET_BUCKET_OBJECT_LOCK_CONFIGURATION(
            bucket("GET", "object-lock"),
            "GetBucketObjectLockConfiguration",
            s -> get(s, OBJECT_LOCK, NO_SUCH_OBJECT_LOCK_CONFIGURATION)),
    PUT_BUCKET_OBJECT_LOCK_CONFIGURATION(
            bucket("PUT", "object-lock"),
            "PutBucketObjectLockConfiguration",
            s -> put(s, OBJECT_LOCK, new SettingRules(s.settings())::objectLock)),
    GET_BUCKET_STRICT_SIGNATURE(
            bucket("GET", "strict-signature"),
            "GetBucketStrictSignature",
            s -> get(s, STRICT_SIGNATURE, NO_SUCH_STRICT_SIGNATURE_CONFIGURATION)),
    PUT_BUCKET_STRICT_SIGNATURE(
            bucket("PUT", "strict-signature"), "PutBucketStrictSignature", s -> put(s, STRICT_SIGNATURE)),
    DELETE_BUCKET_STRICT_SIGNATURE(
            bucket("DELETE", "strict-signature"), "DeleteBucketStrictSignature", s -> delete(s, STRICT_SIGNATURE)),
    GET_BUCKET_NOTIFICATION(
            bucket("GET", "notification"),
            "GetBucketNotification",
            s -> get(s, NOTIFICATION, "NotificationConfiguration")),
    PUT_BUCKET_NOTIFICATION(bucket("PUT", "notification"), "PutBucketNotification", Handlers::putNotification),
    OPTIONS_BUCKET(bucket("OPTIONS"), "OptionsObject", s -> new OptionsObject(s.buckets(), s.settings())),

    PUT_OBJECT(object("PUT"), "PutObject", s -> new PutObject(s.buckets(), s.objects())),
    COPY_OBJECT(
            object("PUT").withHeader("x-cos-copy-source"),
            "PutObject",
            s -> new CopyObject(s.buckets(), s.objects(), s.access(), s.clock(), s.ids())),
    GET_OBJECT(object("GET"), "GetObject", Handlers::getObject),
    HEAD_OBJECT(object("HEAD"), "HeadObject", Handlers::getObject),
    DELETE_OBJECT(
            object("DELETE"),
            "DeleteObject",
            s -> new DeleteObject(s.buckets(), s.objects(), new GovernanceBypass(s.access()))),
    DELETE_MULTIPLE_OBJECTS(
            bucket("POST", "delete"),
            "DeleteObject",
            s -> new DeleteMultipleObjects(s.buckets(), s.objects(), s.access(), DeleteMultipleObjects.Style.COS)),
    POST_OBJECT(bucket("POST"), "PostObject", s -> new PostObject(s.buckets(), s.objects(), s.access(), s.forms())),
    APPEND_OBJECT(
            object("POST", "append"),
            "AppendObject",
            s -> new AppendObject(s.buckets(), s.objects(), s.clock(), s.ids())),
    PREFLIGHT_UPLOAD(object("HEAD", "preflight"), "PutObject", s -> new PreflightUpload()),
    OPTIONS_OBJECT(object("OPTIONS"), "OptionsObject", s -> new OptionsObject(s.buckets(), s.settings())),
    RESTORE_OBJECT(
            object("POST", "restore"),
            "PostObjectRestore",
            s -> new RestoreObject(s.buckets(), s.objects(), s.restoreDelays())),
    SELECT_OBJECT_CONTENT(object("POST", "select"), "GetObject", Handlers::select),
    GET_OBJECT_ATTRIBUTES(
            object("GET", "attributes"),
            "GetObjectAttributes",
            s -> new GetObjectAttributes(s.buckets(), s.objects(), ListingWords.COS)),
    GET_OBJECT_ACL(object("GET", "acl"), "GetObjectACL", s -> acl(s).get()),
    PUT_OBJECT_ACL(object("PUT", "acl"), "PutObjectACL", s -> acl(s).put()),
    GET_OBJECT_TAGGING(object("GET", "tagging"), "GetObjectTagging", s -> tags(s).get()),
    PUT_OBJECT_TAGGING(object("PUT", "tagging"), "PutObjectTagging", s -> tags(s).put()),
    DELETE_OBJECT_TAGGING(object("DELETE", "tagging"), "DeleteObjectTagging", s -> tags(s).delete()),
    GET_OBJECT_RETENTION(
            object("GET", "retention"), "GetObjectRetention", s -> retention(s).get()),
    PUT_OBJECT_RETENTION(
            object("PUT", "retention"), "PutObjectRetention", s -> retention(s).put()),
    GET_OBJECT_LEGAL_HOLD(
            object("GET", "legal-hold"), "GetObjectLegalHold", s -> retention(s).getLegalHold()),
    PUT_OBJECT_LEGAL_HOLD(
            object("PUT", "legal-hold"), "PutObjectLegalHold", s -> retention(s).putLegalHold()),
    GET_SYMLINK(object("GET", "symlink"), "GetSymlink", s -> symlink(s).get()),
    PUT_SYMLINK(object("PUT", "symlink"), "PutSymlink", s -> symlink(s).put()),
    RENAME_OBJECT(object("PUT", "rename"), "RenameObject", Handlers::rename),

    INITIATE_MULTIPART_UPLOAD(
            object("POST", "uploads"),
            "InitiateMultipartUpload",
            s -> new InitiateMultipartUpload(s.buckets(), s.objects(), s.uploads())),
    UPLOAD_PART(
            object("PUT", "partNumber", "uploadId"),
            "UploadPart",
            s -> new UploadPart(s.buckets(), s.objects(), s.uploads())),
    UPLOAD_PART_COPY(
            object("PUT", "partNumber", "uploadId").withHeader("x-cos-copy-source"),
            "UploadPart",
            s -> new UploadPartCopy(s.buckets(), s.objects(), s.access(), s.uploads())),
    COMPLETE_MULTIPART_UPLOAD(
            object("POST", "uploadId"),
            "CompleteMultipartUpload",
            s -> new CompleteMultipartUpload(s.buckets(), s.objects(), s.uploads(), s.assembly())),
    ABORT_MULTIPART_UPLOAD(
            object("DELETE", "uploadId"),
            "AbortMultipartUpload",
            s -> new AbortMultipartUpload(s.buckets(), s.uploads())),
    LIST_PARTS(object("GET", "uploadId"), "ListParts", s -> new ListParts(s.buckets(), s.uploads(), ListingWords.COS)),
    LIST_MULTIPART_UPLOADS(
            bucket("GET", "uploads"),
            "ListMultipartUploads",
            s -> new ListMultipartUploads(s.buckets(), s.uploadListing(), ListingWords.COS)),

    GET_WEBSITE_PAGE(Route.of(Scope.WEBSITE, "GET"), "GetObject", Handlers::websitePage),
    HEAD_WEBSITE_PAGE(Route.of(Scope.WEBSITE, "HEAD"), "GetObject", Handlers::websitePage),
    OPTIONS_WEBSITE_PAGE(
            Route.of(Scope.WEBSITE, "OPTIONS"), "OptionsObject", s -> new OptionsObject(s.buckets(), s.settings())),
    CREATE_JOB(control("POST", "/jobs"), "CreateJob", JobHandlers::create),
    DESCRIBE_JOB(control("GET", "/jobs/{id}"), "DescribeJob", JobHandlers::describe),
    LIST_JOBS(control("GET", "/jobs"), "ListJobs", JobHandlers::list),
    UPDATE_JOB_PRIORITY(control("POST", "/jobs/{id}/priority"), "UpdateJobPriority", JobHandlers::updatePriority),
    UPDATE_JOB_STATUS(control("POST", "/jobs/{id}/status"), "UpdateJobStatus", JobHandlers::updateStatus),
    DELETE_JOB(control("DELETE", "/jobs/{id}"), "DeleteJob", JobHandlers::delete),
    FETCH_TASK(Route.of(Scope.MIGRATION, "POST"), "PutObject", s -> fetch(s).order()),
    GET_FETCH_TASK(Route.of(Scope.MIGRATION, "GET"), "PutObject", s -> fetch(s).get()),
    PROCESS_DATA(Route.of(Scope.DATA_PROCESSING, "GET"), "GetObject");

    private final Route route;
    private final String action;
    private final Optional<Function<Services, Handler>> handler;

    Operation(Route route, String action, Function<Services, Handler> handler) {
        this(route, action, Optional.of(handler));
    }

    /** An operation that answers 501. */
    Operation(Route route, String action) {
        this(route, action, Optional.empty());
    }

    Operation(Route route, String action, Optional<Function<Services, Handler>> handler) {
        this.route = route;
        this.action = action;
        this.handler = handler;
    }

    /** Its name in camel case, for instance {@code PutBucketCors}: for logs, metrics and the documentation. */
    public String title() {
        return Arrays.stream(name().split("_"))
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
    }

    Route route() {
        return route;
    }

    /** What policies call it, without the prefix {@code name/cos:}. */
    public String action() {
        return action;
    }

    /** How far it is there. */
    public Availability availability() {
        return handler.map(made -> made instanceof Handlers.Unset ? Availability.NOT_CONFIGURED : Availability.COMPLETE)
                .orElse(Availability.NOT_IMPLEMENTED);
    }

    /** Its handler, or one that answers 501. */
    Handler handler(Services services) {
        return handler.map(make -> make.apply(services)).orElse(request -> {
            throw CosError.NOT_IMPLEMENTED.because(title() + " is not available on this server yet.");
        });
    }
}
