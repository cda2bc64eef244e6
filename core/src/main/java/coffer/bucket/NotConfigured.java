package coffer.bucket;

import coffer.api.CosError;
import coffer.api.CosResponse;
import coffer.api.XmlWriter;
import coffer.request.CosRequest;
import coffer.request.Handler;
import java.util.function.Supplier;

/**
 * Reads a bucket setting that cannot be set yet: the documented answer for "nothing configured". The bucket metadata
 * helpers of the SDKs read all of them and tolerate nothing but these answers.
 */
public final class NotConfigured implements Handler {
    private final BucketService buckets;
    private final Supplier<CosResponse> answer;

    private NotConfigured(BucketService buckets, Supplier<CosResponse> answer) {
        this.buckets = buckets;
        this.answer = answer;
    }

    /** A setting whose absence is an error. */
    public static NotConfigured error(BucketService buckets, CosError error) {
        return new NotConfigured(buckets, () -> {
            throw error.exception();
        });
    }

    /** A setting whose absence is an empty document. */
    public static NotConfigured document(BucketService buckets, String rootElement) {
        return new NotConfigured(buckets, () -> CosResponse.xml(new XmlWriter().empty(rootElement)));
    }

    /** A setting whose absence is a document with one element in it. */
    public static NotConfigured document(BucketService buckets, String rootElement, String element, String text) {
        return new NotConfigured(
                buckets,
                () -> CosResponse.xml(
                        new XmlWriter().open(rootElement).element(element, text).close(rootElement)));
    }

    @Override
    public CosResponse handle(CosRequest request) {
        buckets.of(request);
        return answer.get();
    }
}
