package coffer.bucket;

import coffer.api.CosError;
import coffer.api.CosResponse;
import coffer.domain.DomainConfiguration;
import coffer.request.CosRequest;
import coffer.request.Handler;

/** Source: COS API reference, "GET Bucket domain". */
public final class GetBucketDomain implements Handler {
    private final Handler setting;

    public GetBucketDomain(BucketService buckets, BucketSettings settings) {
        this.setting = GetBucketSetting.orError(buckets, settings, Settings.DOMAIN, CosError.DOMAIN_CONFIG_NOT_FOUND);
    }

    @Override
    public CosResponse handle(CosRequest request) {
        return setting.handle(request)
                .with("x-cos-domain-txt-verification", DomainConfiguration.verification(request.bucket()));
    }
}
