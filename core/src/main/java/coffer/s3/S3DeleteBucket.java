package coffer.s3;

import coffer.api.CosException;
import coffer.api.CosResponse;
import coffer.bucket.Bucket;
import coffer.bucket.BucketService;
import coffer.multipart.MultipartService;
import coffer.multipart.Upload;
import coffer.multipart.UploadListing;
import coffer.object.ObjectListing;
import coffer.object.VersionListing;
import coffer.request.CosRequest;
import coffer.request.Handler;

/**
 * Source: S3 API reference, "DeleteBucket": objects and their versions must be gone; unlike those of COS, uploads under
 * way end with the bucket.
 */
public final class S3DeleteBucket implements Handler {
    private static final int PAGE = 100;

    private final BucketService buckets;
    private final VersionListing versions;
    private final UploadListing uploadListing;
    private final MultipartService uploads;
    private final Handler deleteBucket;

    /** @param deleteBucket what deletes it once it is empty */
    public S3DeleteBucket(
            BucketService buckets,
            VersionListing versions,
            UploadListing uploadListing,
            MultipartService uploads,
            Handler deleteBucket) {
        this.buckets = buckets;
        this.versions = versions;
        this.uploadListing = uploadListing;
        this.uploads = uploads;
        this.deleteBucket = deleteBucket;
    }

    @Override
    public CosResponse handle(CosRequest request) {
        Bucket bucket = buckets.of(request);
        if (isWithoutObjects(bucket)) {
            abortAll(bucket);
        }
        return deleteBucket.handle(request);
    }

    private boolean isWithoutObjects(Bucket bucket) {
        VersionListing.Page page =
                versions.list(bucket, new VersionListing.Selection(new ObjectListing.Selection("", "", "", 1), ""));
        return page.entries().isEmpty();
    }

    private void abortAll(Bucket bucket) {
        UploadListing.Selection all = new UploadListing.Selection("", "", "", "", PAGE);
        UploadListing.Page page = uploadListing.list(bucket, all);
        while (!page.uploads().isEmpty()) {
            page.uploads().forEach(upload -> abort(bucket, upload));
            page = uploadListing.list(bucket, all);
        }
    }

    private void abort(Bucket bucket, Upload upload) {
        try {
            uploads.abort(bucket, upload.key(), upload.id());
        } catch (CosException e) {
            // it has ended meanwhile, which is as good
        }
    }
}
