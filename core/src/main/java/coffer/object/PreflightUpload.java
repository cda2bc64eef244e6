package coffer.object;

import coffer.api.CosResponse;
import coffer.request.CosRequest;
import coffer.request.Handler;

/** What the Java SDK may ask before an upload: whether it would be allowed. Rights are checked by then. */
public final class PreflightUpload implements Handler {
    @Override
    public CosResponse handle(CosRequest request) {
        return CosResponse.ok();
    }
}
