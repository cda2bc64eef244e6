package coffer.bucket;

import coffer.access.Acl;
import coffer.address.BucketName;
import coffer.api.CosError;
import coffer.api.CosResponse;
import coffer.api.Element;
import coffer.request.CosRequest;
import coffer.request.Handler;
import coffer.tagging.TagLimits;
import coffer.tagging.Tags;
import java.util.List;

/** Source: COS API reference, "PUT Bucket". */
public final class PutBucket implements Handler {
    private static final int MAX_DOCUMENT_BYTES = 64 * 1024;

    private final BucketService buckets;
    private final BucketSettings settings;
    private final List<String> regions;

    /** @param regions the regions served here; the first is meant where a host names none */
    public PutBucket(BucketService buckets, BucketSettings settings, List<String> regions) {
        this.buckets = buckets;
        this.settings = settings;
        this.regions = List.copyOf(regions);
    }

    @Override
    public CosResponse handle(CosRequest request) {
        BucketName name = BucketName.parse(request.bucket());
        String region = request.address().region().orElse(regions.getFirst());
        if (!regions.contains(region)) {
            throw CosError.INVALID_REGION_NAME.because("The region " + region
                    + " is not served here; use one of " + regions + " or start the server with --region " + region
                    + ".");
        }
        create(request, name, region, wantsMultiAz(request));
        return CosResponse.ok();
    }

    /** Makes the bucket that a request asks for, with what its headers say of it. */
    public Bucket create(CosRequest request, BucketName name, String region, boolean multiAz) {
        Acl acl = RequestedAcl.ofHeaders(request, request.account().uin());
        Tags tags = request.headers()
                .nonEmpty("x-cos-tagging")
                .map(Tags::ofBucketHeader)
                .orElse(Tags.none(TagLimits.BUCKET));
        Bucket bucket = buckets.create(request.account(), name, region, multiAz);
        if (!tags.isEmpty()) {
            settings.put(bucket, Settings.TAGGING, tags, BucketSettings.Rule.any());
        }
        if (!acl.equals(Acl.PRIVATE)) {
            settings.put(bucket, Settings.ACL, acl, new AttachmentLimit(buckets, settings)::acl);
        }
        return bucket;
    }

    private static boolean wantsMultiAz(CosRequest request) {
        if (request.body().declaredBytes() == 0) {
            return false;
        }
        Element configuration = request.document(MAX_DOCUMENT_BYTES);
        if (!configuration.name().equals("CreateBucketConfiguration")) {
            throw CosError.MALFORMED_XML.exception();
        }
        if (configuration.childText("BucketArchConfig").filter("OFS"::equals).isPresent()) {
            throw CosError.NOT_IMPLEMENTED.because("Buckets with metadata acceleration (OFS) are not available here.");
        }
        return configuration.childText("BucketAZConfig").filter("MAZ"::equals).isPresent();
    }
}
