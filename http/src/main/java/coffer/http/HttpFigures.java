package coffer.http;

/**
 * How much an HTTP front has to do.
 *
 * @param connections open now
 * @param mostConnections beyond which it refuses
 * @param requests being answered now
 * @param mostRequests beyond which it refuses
 * @param refusedConnections so far, for being too many
 * @param refusedRequests so far, answered {@code SlowDown} before anybody looked at them
 * @param malformedRequests so far, whose head was not understood
 */
public record HttpFigures(
        int connections,
        int mostConnections,
        int requests,
        int mostRequests,
        long refusedConnections,
        long refusedRequests,
        long malformedRequests) {}
