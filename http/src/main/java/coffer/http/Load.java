package coffer.http;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Counts connections, requests and what waits of their bodies against their limits. Thread-safe. */
final class Load {
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();
    private final LongAdder refusedConnections = new LongAdder();
    private final LongAdder refusedRequests = new LongAdder();
    private final LongAdder malformedRequests = new LongAdder();
    private final HttpOptions.Limits limits;

    private final QueuedBytes queued;
    private final QueuedBytes leaving;

    Load(HttpOptions.Limits limits) {
        this.limits = limits;
        this.queued = new QueuedBytes(limits.bodiesBytes(), limits.bodyBufferBytes());
        this.leaving = new QueuedBytes(limits.answersBytes(), Outbound.WINDOW_BYTES);
    }

    /** What to do with a new connection. */
    enum Admission {
        SERVED,
        TOLD_TO_SLOW_DOWN,
        DROPPED
    }

    /** Counts a connection, whatever becomes of it. */
    Admission open() {
        int open = connections.incrementAndGet();
        if (open <= limits.connections()) {
            return Admission.SERVED;
        }
        refusedConnections.increment();
        boolean far = open > limits.connections() + Math.max(16, limits.connections() / 8);
        return far ? Admission.DROPPED : Admission.TOLD_TO_SLOW_DOWN;
    }

    void close() {
        connections.decrementAndGet();
    }

    /** Counts a request, also one that is refused for being one too many. */
    boolean begin() {
        return requests.incrementAndGet() <= limits.requestsInFlight();
    }

    /** A request was told to come back later. */
    void refused() {
        refusedRequests.increment();
    }

    /** A request could not be understood. */
    void malformed() {
        malformedRequests.increment();
    }

    void end() {
        requests.decrementAndGet();
    }

    /** Of the bodies of all requests. */
    QueuedBytes queued() {
        return queued;
    }

    /** Of the bodies of all answers that pass through memory. */
    QueuedBytes leaving() {
        return leaving;
    }

    HttpFigures figures() {
        return new HttpFigures(
                connections.get(),
                limits.connections(),
                requests.get(),
                limits.requestsInFlight(),
                refusedConnections.sum(),
                refusedRequests.sum(),
                malformedRequests.sum());
    }

    int requestsInFlight() {
        return requests.get();
    }
}
