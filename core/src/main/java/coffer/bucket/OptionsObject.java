package coffer.bucket;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.CosResponse;
import coffer.request.CosRequest;
import coffer.request.Handler;
import java.util.Optional;

/**
 * Source: COS API reference, "OPTIONS Object": what a browser asks before it lets a page send a request. Anybody may ask
 * it of any key, whether there is such an object or not.
 */
public final class OptionsObject implements Handler {
    private final BucketService buckets;
    private final BucketSettings settings;

    public OptionsObject(BucketService buckets, BucketSettings settings) {
        this.buckets = buckets;
        this.settings = settings;
    }

    @Override
    public CosResponse handle(CosRequest request) {
        String origin = required(request, "Origin");
        String method = required(request, "Access-Control-Request-Method");
        String headers = String.join(",", request.headers().values("Access-Control-Request-Headers"));
        return settings.find(buckets.of(request), Settings.CORS)
                .flatMap(cors ->
                        cors.preflight(origin, method, Optional.of(headers).filter(list -> !list.isEmpty())))
                .map(allowed -> CosResponse.ok().withAll(allowed))
                .orElseThrow(OptionsObject::forbidden);
    }

    private static String required(CosRequest request, String name) {
        return request.headers()
                .nonEmpty(name)
                .orElseThrow(() -> CosError.INVALID_REQUEST.because("A preflight must have the header " + name + "."));
    }

    private static CosException forbidden() {
        return CosError.ACCESS_FORBIDDEN.because("No CORS rule of the bucket allows this request: set one that names"
                + " this origin, method and all of these headers.");
    }
}
