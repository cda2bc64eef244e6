package coffer.http;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts connections, requests and what waits of their bodies against their limits. Thread-safe. */
final class Load {
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger requests = new AtomicInteger();
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

    int requestsInFlight() {
        return requests.get();
    }
}
