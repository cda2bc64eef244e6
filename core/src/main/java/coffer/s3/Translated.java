package coffer.s3;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.CosResponse;
import coffer.request.CosRequest;
import coffer.request.Handler;
import java.util.Map;

/**
 * A handler some of whose errors have another code in S3 than elsewhere.
 *
 * @param handler what answers
 * @param errors what it throws, and what S3 clients are to see of it
 */
public record Translated(Handler handler, Map<CosError, CosError> errors) implements Handler {
    public Translated {
        errors = Map.copyOf(errors);
    }

    @Override
    public CosResponse handle(CosRequest request) {
        try {
            return handler.handle(request);
        } catch (CosException e) {
            CosError other = errors.get(e.error());
            throw other == null ? e : other.because(e.message());
        }
    }
}
