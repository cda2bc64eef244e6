package coffer.bucket;

import coffer.api.CosResponse;
import coffer.request.CosRequest;
import coffer.request.Handler;
import java.util.function.Predicate;

/** Replaces a setting of a bucket as a whole. */
public final class PutBucketSetting<T> implements Handler {
    private final BucketService buckets;
    private final BucketSettings settings;
    private final BucketSetting<T> setting;
    private final BucketSettings.Rule<T> rule;
    private final CosResponse answer;
    private final Predicate<T> isNone;
    private final boolean emptyBodyRemoves;

    private PutBucketSetting(
            BucketService buckets,
            BucketSettings settings,
            BucketSetting<T> setting,
            BucketSettings.Rule<T> rule,
            CosResponse answer,
            Predicate<T> isNone,
            boolean emptyBodyRemoves) {
        this.buckets = buckets;
        this.settings = settings;
        this.setting = setting;
        this.rule = rule;
        this.answer = answer;
        this.isNone = isNone;
        this.emptyBodyRemoves = emptyBodyRemoves;
    }

    /** Sets what a document says if the rule lets it; 200. */
    public static <T> PutBucketSetting<T> of(
            BucketService buckets, BucketSettings settings, BucketSetting<T> setting, BucketSettings.Rule<T> rule) {
        return new PutBucketSetting<>(buckets, settings, setting, rule, CosResponse.ok(), value -> false, false);
    }

    /** The same, answered by 204. */
    public PutBucketSetting<T> withoutContent() {
        return new PutBucketSetting<>(
                buckets, settings, setting, rule, CosResponse.noContent(), isNone, emptyBodyRemoves);
    }

    /** The same, where some documents say that there is to be no setting. */
    public PutBucketSetting<T> removing(Predicate<T> none) {
        return new PutBucketSetting<>(buckets, settings, setting, rule, answer, none, emptyBodyRemoves);
    }

    /** The same, where a request without a document removes the setting. */
    public PutBucketSetting<T> removingByEmptyBody() {
        return new PutBucketSetting<>(buckets, settings, setting, rule, answer, isNone, true);
    }

    @Override
    public CosResponse handle(CosRequest request) {
        Bucket bucket = buckets.of(request);
        if (emptyBodyRemoves && request.body().declaredBytes() == 0) {
            settings.remove(bucket, setting, rule);
            return answer;
        }
        T value = setting.sent().read(bucket, request.documentBytes(setting.maxBytes(), setting.tooLong()));
        if (isNone.test(value)) {
            settings.remove(bucket, setting, rule);
        } else {
            settings.put(bucket, setting, value, rule);
        }
        return answer;
    }
}
