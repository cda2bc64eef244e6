package coffer.operation;

import coffer.api.CosResponse;
import coffer.api.Headers;
import java.util.Base64;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The names of a request, shaped like those of COS: base64 text.
 *
 * @param requestId x-cos-request-id, 32 characters
 * @param traceId x-cos-trace-id, 64 characters
 */
record RequestIds(String requestId, String traceId) {
    static RequestIds next(RandomGenerator random) {
        return new RequestIds(base64(random, 24), base64(random, 48));
    }

    CosResponse on(CosResponse response) {
        return response.withAll(List.of(
                new Headers.Header("x-cos-request-id", requestId), new Headers.Header("x-cos-trace-id", traceId)));
    }

    private static String base64(RandomGenerator random, int bytes) {
        byte[] id = new byte[bytes];
        random.nextBytes(id);
        return Base64.getEncoder().encodeToString(id);
    }
}
