package coffer.http;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * How the HTTP front listens and what it puts up with.
 *
 * @param bind where to listen; port 0 takes a free one
 * @param eventLoops threads that move bytes, from 1
 * @param limits sizes and counts
 * @param timeouts how long it waits for what
 * @param slowBody when a request body counts as too slow
 * @param tls how it speaks TLS, if it does
 */
public record HttpOptions(
        InetSocketAddress bind,
        int eventLoops,
        Limits limits,
        Timeouts timeouts,
        SlowBody slowBody,
        Optional<TlsOptions> tls) {

    public HttpOptions {
        positive("event loops", eventLoops);
    }

    /** The usual options: an event loop for each processor, default limits and times, no TLS. */
    public static HttpOptions at(InetSocketAddress bind) {
        return new HttpOptions(
                bind,
                Runtime.getRuntime().availableProcessors(),
                Limits.DEFAULT,
                Timeouts.DEFAULT,
                SlowBody.DEFAULT,
                Optional.empty());
    }

    public HttpOptions withEventLoops(int count) {
        return new HttpOptions(bind, count, limits, timeouts, slowBody, tls);
    }

    public HttpOptions withLimits(Limits newLimits) {
        return new HttpOptions(bind, eventLoops, newLimits, timeouts, slowBody, tls);
    }

    public HttpOptions withTimeouts(Timeouts newTimeouts) {
        return new HttpOptions(bind, eventLoops, limits, newTimeouts, slowBody, tls);
    }

    public HttpOptions withSlowBody(SlowBody newRule) {
        return new HttpOptions(bind, eventLoops, limits, timeouts, newRule, tls);
    }

    public HttpOptions withTls(TlsOptions newTls) {
        return new HttpOptions(bind, eventLoops, limits, timeouts, slowBody, Optional.of(newTls));
    }

    /**
     * Sizes and counts.
     *
     * @param requestLineBytes the longest request line; keys are 850 bytes before percent-encoding triples them, and
     *     presigned queries carry session tokens
     * @param headerBytes all header lines of a request together
     * @param headers how many header lines a request may have
     * @param connections open connections; beyond them a request is answered {@code SlowDown} and, an eighth further on,
     *     connections are closed unanswered
     * @param requestsInFlight requests being answered; beyond them {@code SlowDown}
     * @param bodyBufferBytes how much of a request body may wait in memory for its handler, for each connection
     * @param bodiesBytes how much of all request bodies may wait, before each may have less
     * @param answersBytes how much of all answers that pass through memory may be on its way to clients, before each may
     *     have less
     * @param drainBytes how much of an unread request body is thrown away to keep its connection
     */
    public record Limits(
            int requestLineBytes,
            int headerBytes,
            int headers,
            int connections,
            int requestsInFlight,
            int bodyBufferBytes,
            long bodiesBytes,
            long answersBytes,
            int drainBytes) {
        public static final Limits DEFAULT = new Limits(
                16 * 1024,
                64 * 1024,
                200,
                20_000,
                4_096,
                1024 * 1024,
                Runtime.getRuntime().maxMemory() / 8,
                Runtime.getRuntime().maxMemory() / 8,
                256 * 1024);

        public Limits {
            positive("request line bytes", requestLineBytes);
            positive("header bytes", headerBytes);
            positive("headers", headers);
            positive("connections", connections);
            positive("requests in flight", requestsInFlight);
            positive("body buffer bytes", bodyBufferBytes);
            positive("bodies bytes", bodiesBytes);
            positive("answers bytes", answersBytes);
            positive("drain bytes", drainBytes + 1L);
        }

        public Limits withConnections(int count) {
            return new Limits(
                    requestLineBytes,
                    headerBytes,
                    headers,
                    count,
                    requestsInFlight,
                    bodyBufferBytes,
                    bodiesBytes,
                    answersBytes,
                    drainBytes);
        }

        public Limits withAnswersBytes(long bytes) {
            return new Limits(
                    requestLineBytes,
                    headerBytes,
                    headers,
                    connections,
                    requestsInFlight,
                    bodyBufferBytes,
                    bodiesBytes,
                    bytes,
                    drainBytes);
        }

        public Limits withRequestsInFlight(int count) {
            return new Limits(
                    requestLineBytes,
                    headerBytes,
                    headers,
                    connections,
                    count,
                    bodyBufferBytes,
                    bodiesBytes,
                    answersBytes,
                    drainBytes);
        }
    }

    /**
     * How long it waits.
     *
     * @param idle between two requests of a connection; above 60 s, after which the Java client drops its own
     * @param head for a complete head once its first byte is there
     * @param write for a client that takes no byte of its answer; noticed up to a quarter later
     * @param lingerSilence after an early answer, for further bytes of the request that is thrown away
     * @param linger after an early answer, in all
     * @param drain on closing, for the requests in flight
     */
    public record Timeouts(
            Duration idle, Duration head, Duration write, Duration lingerSilence, Duration linger, Duration drain) {
        public static final Timeouts DEFAULT = new Timeouts(
                Duration.ofSeconds(75),
                Duration.ofSeconds(30),
                Duration.ofSeconds(60),
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                Duration.ofSeconds(30));

        public Timeouts {
            positive("idle", idle.toNanos());
            positive("head", head.toNanos());
            positive("write", write.toNanos());
            positive("linger silence", lingerSilence.toNanos());
            positive("linger", linger.toNanos());
            positive("drain", drain.toNanos() + 1);
        }

        public Timeouts withIdle(Duration time) {
            return new Timeouts(time, head, write, lingerSilence, linger, drain);
        }

        public Timeouts withHead(Duration time) {
            return new Timeouts(idle, time, write, lingerSilence, linger, drain);
        }

        public Timeouts withWrite(Duration time) {
            return new Timeouts(idle, head, time, lingerSilence, linger, drain);
        }

        public Timeouts withLinger(Duration silence, Duration inAll) {
            return new Timeouts(idle, head, write, silence, inAll, drain);
        }

        public Timeouts withDrain(Duration time) {
            return new Timeouts(idle, head, write, lingerSilence, linger, time);
        }
    }

    /**
     * When a body is too slow. Only time spent waiting for the client counts, never the handler's own.
     *
     * @param silence the longest wait for one byte
     * @param grace waiting in all before the average is looked at
     * @param bytesPerSecond the least average from then on, 0 for any
     */
    public record SlowBody(Duration silence, Duration grace, long bytesPerSecond) {
        public static final SlowBody DEFAULT = new SlowBody(Duration.ofSeconds(30), Duration.ofSeconds(60), 1024);

        public SlowBody {
            positive("silence", silence.toNanos());
            positive("grace", grace.toNanos() + 1);
            positive("bytes a second", bytesPerSecond + 1);
        }
    }

    private static void positive(String what, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(what + " must be above zero");
        }
    }
}
