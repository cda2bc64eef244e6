package coffer.bucket;

import coffer.api.CosResponse;
import coffer.request.CosRequest;
import coffer.request.Handler;

/** Replaces a setting of a bucket as a whole. */
public final class PutBucketSetting<T> implements Handler {
    private final BucketService buckets;
    private final BucketSettings settings;
    private final BucketSetting<T> setting;
    private final BucketSettings.Rule<T> rule;
    private final CosResponse answer;

    /** @param answer what success is answered with: 200 or, for some, 204 */
    public PutBucketSetting(
            BucketService buckets,
            BucketSettings settings,
            BucketSetting<T> setting,
            BucketSettings.Rule<T> rule,
            CosResponse answer) {
        this.buckets = buckets;
        this.settings = settings;
        this.setting = setting;
        this.rule = rule;
        this.answer = answer;
    }

    @Override
    public CosResponse handle(CosRequest request) {
        T value = setting.read().apply(request.documentBytes(setting.maxBytes()));
        settings.put(buckets.of(request), setting, value, rule);
        return answer;
    }
}
