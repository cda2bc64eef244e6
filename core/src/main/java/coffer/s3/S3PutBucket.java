package coffer.s3;

import coffer.access.ObjectOwnership;
import coffer.address.BucketName;
import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.CosResponse;
import coffer.api.Element;
import coffer.api.PercentCode;
import coffer.bucket.Bucket;
import coffer.bucket.BucketService;
import coffer.bucket.BucketSettings;
import coffer.bucket.PutBucket;
import coffer.bucket.PutBucketAcl;
import coffer.bucket.RequestedAcl;
import coffer.bucket.SettingRules;
import coffer.bucket.Settings;
import coffer.lock.ObjectLockConfiguration;
import coffer.request.CosRequest;
import coffer.request.Handler;
import coffer.versioning.Versioning;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Source: S3 API reference, "CreateBucket". */
public final class S3PutBucket implements Handler {
    private static final int MAX_DOCUMENT_BYTES = 64 * 1024;

    /** Source: S3 docs, "General purpose bucket naming rules". */
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

    private static final Pattern ADDRESS = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");

    /** The region of clients that name none. */
    private static final String NO_REGION = "us-east-1";

    private final BucketService buckets;
    private final BucketSettings settings;
    private final PutBucket putBucket;
    private final S3BucketNames names;
    private final List<String> regions;

    /** @param regions the regions served here; the first is meant where a request names none */
    public S3PutBucket(BucketService buckets, BucketSettings settings, List<String> regions) {
        this.buckets = buckets;
        this.settings = settings;
        this.putBucket = new PutBucket(buckets, settings, regions);
        this.names = new S3BucketNames(buckets);
        this.regions = List.copyOf(regions);
    }

    @Override
    public CosResponse handle(CosRequest request) {
        String named = request.bucketAsNamed();
        requireValid(named);
        String appId = request.account().appId();
        BucketName name = BucketName.parseLenient(S3BucketNames.own(named, appId));
        Optional<String> constraint = constraint(request);
        Optional<Bucket> existing = buckets.find(name.toString());
        if (existing.isPresent() && constraint.isEmpty()) {
            return again(request, existing.get());
        }
        if (existing.isEmpty()) {
            names.foreign(named).ifPresent(bucket -> {
                throw CosError.BUCKET_ALREADY_EXISTS.exception();
            });
        }
        Optional<ObjectOwnership> ownership =
                request.headers().nonEmpty("x-cos-object-ownership").map(ObjectOwnership::parse);
        refuseEnforcedWithAcl(request, ownership);
        Bucket bucket = putBucket.create(
                request, name, region(constraint.or(() -> request.address().region())), false);
        if (request.headers()
                .nonEmpty("x-cos-bucket-object-lock-enabled")
                .filter("true"::equalsIgnoreCase)
                .isPresent()) {
            enableObjectLock(bucket);
        }
        ownership.ifPresent(
                chosen -> settings.put(bucket, Settings.OWNERSHIP_CONTROLS, chosen, BucketSettings.Rule.any()));
        return made(request);
    }

    /** @throws CosException {@code InvalidBucketAclWithObjectOwnership}, before there is a bucket */
    private static void refuseEnforcedWithAcl(CosRequest request, Optional<ObjectOwnership> ownership) {
        String uin = request.account().uin();
        if (ownership.equals(Optional.of(ObjectOwnership.BUCKET_OWNER_ENFORCED))
                && RequestedAcl.ofHeaders(request, uin).isForOthersThan(uin)) {
            throw CosError.INVALID_BUCKET_ACL_WITH_OBJECT_OWNERSHIP.exception();
        }
    }

    /** Clients of the first region may make a bucket once more, which says anew who may use it. */
    private CosResponse again(CosRequest request, Bucket existing) {
        settings.put(
                existing,
                Settings.ACL,
                RequestedAcl.ofHeaders(request, existing.ownerUin()),
                PutBucketAcl.rule(buckets, settings));
        return made(request);
    }

    private static CosResponse made(CosRequest request) {
        return CosResponse.ok().with("Location", "/" + PercentCode.encode(request.bucketAsNamed()));
    }

    private void enableObjectLock(Bucket bucket) {
        SettingRules rules = new SettingRules(settings);
        settings.put(bucket, Settings.VERSIONING, Versioning.ENABLED, rules::versioning);
        settings.put(bucket, Settings.OBJECT_LOCK, new ObjectLockConfiguration(Optional.empty()), rules::objectLock);
    }

    /**
     * Refuses what S3 refuses as well.
     *
     * @throws CosException {@code InvalidBucketName}
     */
    private static void requireValid(String named) {
        if (!NAME.matcher(named).matches()
                || ADDRESS.matcher(named).matches()
                || named.contains("..")
                || named.contains(".-")
                || named.contains("-.")) {
            throw CosError.INVALID_BUCKET_NAME.because("A bucket name has 3 to 63 lower-case letters, digits, hyphens"
                    + " and dots, and begins and ends with a letter or digit.");
        }
    }

    private String region(Optional<String> named) {
        Optional<String> wanted = named.filter(region -> !region.equals(NO_REGION));
        wanted.filter(region -> !regions.contains(region)).ifPresent(region -> {
            throw CosError.INVALID_REGION_NAME.because("The region " + region + " is not served here; use one of "
                    + regions + " or start the server with --region " + region + ".");
        });
        return wanted.orElse(regions.getFirst());
    }

    private static Optional<String> constraint(CosRequest request) {
        if (request.body().declaredBytes() == 0) {
            return Optional.empty();
        }
        Element configuration = request.document(MAX_DOCUMENT_BYTES);
        return configuration
                .named("CreateBucketConfiguration")
                .childText("LocationConstraint")
                .filter(text -> !text.isEmpty());
    }
}
