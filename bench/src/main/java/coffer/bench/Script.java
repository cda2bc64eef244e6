package coffer.bench;

import java.util.Optional;

/** What one connection asks, request after request. Called by one thread at a time. */
@FunctionalInterface
interface Script {
    /**
     * The next request, or empty if that was all.
     *
     * @param answer the body of the answer to the one before, if it asked to keep it, else empty
     */
    Optional<Shot> next(String answer);
}
