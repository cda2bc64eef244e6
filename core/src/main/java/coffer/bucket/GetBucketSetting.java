package coffer.bucket;

import coffer.api.CosError;
import coffer.api.CosResponse;
import coffer.api.ResponseBody;
import coffer.api.XmlWriter;
import coffer.request.CosRequest;
import coffer.request.Handler;
import java.util.function.Supplier;

/** Answers a setting of a bucket. */
public final class GetBucketSetting<T> implements Handler {
    private final BucketService buckets;
    private final BucketSettings settings;
    private final BucketSetting<T> setting;
    private final Supplier<CosResponse> absent;

    private GetBucketSetting(
            BucketService buckets, BucketSettings settings, BucketSetting<T> setting, Supplier<CosResponse> absent) {
        this.buckets = buckets;
        this.settings = settings;
        this.setting = setting;
        this.absent = absent;
    }

    /** A setting whose absence is an error. */
    public static <T> GetBucketSetting<T> orError(
            BucketService buckets, BucketSettings settings, BucketSetting<T> setting, CosError error) {
        return new GetBucketSetting<>(buckets, settings, setting, () -> {
            throw error.exception();
        });
    }

    /** A setting whose absence is an empty document. */
    public static <T> GetBucketSetting<T> orEmpty(
            BucketService buckets, BucketSettings settings, BucketSetting<T> setting, String rootElement) {
        return new GetBucketSetting<>(
                buckets, settings, setting, () -> CosResponse.xml(new XmlWriter().empty(rootElement)));
    }

    @Override
    public CosResponse handle(CosRequest request) {
        Bucket bucket = buckets.of(request);
        return settings.find(bucket, setting)
                .map(value -> answer(bucket, value))
                .orElseGet(absent);
    }

    private CosResponse answer(Bucket bucket, T value) {
        return CosResponse.ok()
                .with("Content-Type", setting.contentType())
                .withBody(new ResponseBody.Bytes(setting.write().write(bucket, value)));
    }
}
