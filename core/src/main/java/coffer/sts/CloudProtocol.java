package coffer.sts;

import static java.nio.charset.StandardCharsets.UTF_8;

import coffer.address.Address;
import coffer.api.CosResponse;
import coffer.api.HttpRequest;
import coffer.api.ResponseBody;

/**
 * Cloud API 3.0. Answers have status 200, errors too, and no {@code x-cos} headers. Source: Cloud API 3.0 docs,
 * "Request Structure", "Responses".
 */
final class CloudProtocol implements StsProtocol {
    @Override
    public ApiCall parse(HttpRequest request, Address address, byte[] body) {
        return ApiCall.parse(request, address, body);
    }

    @Override
    public CosResponse credentials(ApiCall.Action action, TokenIssuer.Issued issued, String requestId) {
        return json(StsDocument.credentials(issued, requestId));
    }

    @Override
    public CosResponse identity(StsCaller caller, String requestId) {
        return json(StsDocument.identity(CallerIdentity.of(caller), requestId));
    }

    @Override
    public CosResponse error(StsException error, String requestId) {
        return json(StsDocument.error(error, requestId));
    }

    /** The type stands alone: the Python SDK looks for an error only where it reads just that. */
    private static CosResponse json(String document) {
        return CosResponse.ok()
                .with("Content-Type", "application/json")
                .with("Cache-Control", "no-store")
                .withBody(new ResponseBody.Bytes(document.getBytes(UTF_8)));
    }
}
