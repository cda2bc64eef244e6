package coffer.api;

/** What the HTTP server calls. Thread-safe. */
public interface Gateway {
    /**
     * Answers one request; runs on a virtual thread and may block. Never throws: failures are answers too.
     */
    CosResponse handle(HttpRequest request);

    /**
     * The answer to a request that could not even be decoded (line or headers too long, contradictory lengths).
     */
    CosResponse refuse(CosException error);
}
