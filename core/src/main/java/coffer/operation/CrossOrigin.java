package coffer.operation;

import coffer.api.CosResponse;
import coffer.api.HttpRequest;
import coffer.bucket.BucketService;
import coffer.bucket.BucketSettings;
import coffer.bucket.Settings;
import coffer.store.StoreException;
import java.util.Optional;

/**
 * What the answers to pages of other origins say about who may see them, errors as well: else a page could not tell why
 * it failed. Source: COS API reference, "PUT Bucket cors". Thread-safe.
 */
final class CrossOrigin {
    private final BucketService buckets;
    private final BucketSettings settings;

    CrossOrigin(Services services) {
        this.buckets = services.buckets();
        this.settings = services.settings();
    }

    /** The answer, with the headers of the rule that allows the request's origin and method, if one does. */
    CosResponse on(CosResponse answer, HttpRequest request, Optional<String> bucketName) {
        Optional<String> origin = request.headers().nonEmpty("Origin");
        if (origin.isEmpty() || bucketName.isEmpty() || request.method().equals("OPTIONS")) {
            return answer;
        }
        try {
            return buckets.find(bucketName.get())
                    .flatMap(bucket -> settings.find(bucket, Settings.CORS))
                    .map(cors -> answer.withAll(cors.actual(origin.get(), method(request))))
                    .orElse(answer);
        } catch (StoreException e) {
            return answer; // it says already what is wrong with the store
        }
    }

    /** Whoever asks as a preflight does, but with the request itself, is told about what is asked for. */
    private static String method(HttpRequest request) {
        return request.headers().nonEmpty("Access-Control-Request-Method").orElse(request.method());
    }
}
