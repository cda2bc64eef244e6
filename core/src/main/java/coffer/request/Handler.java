package coffer.request;

import coffer.api.CosException;
import coffer.api.CosResponse;

/**
 * One operation of the API: parse, call one service method, answer. Thread-safe. The caller is authenticated and
 * authorized when it is called, the bucket exists and the key is valid where the operation has them.
 */
@FunctionalInterface
public interface Handler {
    /**
     * Answers the request.
     *
     * @throws CosException for every outcome the client is to be told as an error
     */
    CosResponse handle(CosRequest request);
}
