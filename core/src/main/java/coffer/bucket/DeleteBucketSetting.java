package coffer.bucket;

import coffer.api.CosResponse;
import coffer.request.CosRequest;
import coffer.request.Handler;

/** Removes a setting of a bucket; 204 whether or not there was one. */
public final class DeleteBucketSetting<T> implements Handler {
    private final BucketService buckets;
    private final BucketSettings settings;
    private final BucketSetting<T> setting;
    private final BucketSettings.Rule<T> rule;

    public DeleteBucketSetting(
            BucketService buckets, BucketSettings settings, BucketSetting<T> setting, BucketSettings.Rule<T> rule) {
        this.buckets = buckets;
        this.settings = settings;
        this.setting = setting;
        this.rule = rule;
    }

    @Override
    public CosResponse handle(CosRequest request) {
        settings.remove(buckets.of(request), setting, rule);
        return CosResponse.noContent();
    }
}
