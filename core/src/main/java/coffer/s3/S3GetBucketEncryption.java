package coffer.s3;

import coffer.api.CosError;
import coffer.api.CosResponse;
import coffer.api.XmlWriter;
import coffer.bucket.BucketService;
import coffer.bucket.BucketSettings;
import coffer.bucket.Settings;
import coffer.encryption.BucketEncryption;
import coffer.request.CosRequest;
import coffer.request.Handler;

/** Source: S3 API reference, "GetBucketEncryption". */
public final class S3GetBucketEncryption implements Handler {
    private final BucketService buckets;
    private final BucketSettings settings;

    public S3GetBucketEncryption(BucketService buckets, BucketSettings settings) {
        this.buckets = buckets;
        this.settings = settings;
    }

    @Override
    public CosResponse handle(CosRequest request) {
        BucketEncryption encryption = settings.find(buckets.of(request), Settings.ENCRYPTION)
                .orElseThrow(CosError.NO_SUCH_ENCRYPTION_CONFIGURATION::exception);
        XmlWriter xml = new XmlWriter();
        encryption.write(xml, "aws:kms");
        return CosResponse.xml(xml);
    }
}
