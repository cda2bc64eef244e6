package coffer.sts;

import coffer.address.Address;
import coffer.api.CosResponse;
import coffer.api.HttpRequest;

/** How calls come and answers go. */
interface StsProtocol {
    /**
     * Reads a request.
     *
     * @throws StsException saying what is wrong with it
     */
    ApiCall parse(HttpRequest request, Address address, byte[] body);

    /** The answer to whoever got a temporary key. */
    CosResponse credentials(ApiCall.Action action, TokenIssuer.Issued issued, String requestId);

    /** The answer to whoever asked who they are. */
    CosResponse identity(StsCaller caller, String requestId);

    /** The answer to a call that failed. */
    CosResponse error(StsException error, String requestId);
}
