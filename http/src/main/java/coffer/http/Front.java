package coffer.http;

import coffer.api.Gateway;
import io.netty.channel.EventLoop;

/**
 * What all connections of a server share.
 *
 * @param threads runs each request
 */
record Front(
        HttpOptions options, Gateway gateway, Load load, DateHeader date, Closing closing, Threads threads, Tls tls) {
    /** Runs requests. */
    @FunctionalInterface
    interface Threads {
        /**
         * Starts a request of a connection that belongs to {@code loop}.
         *
         * @param brief see {@link Gateway.Prepared#isBrief}
         */
        void start(EventLoop loop, boolean brief, Runnable request);
    }

    /** Whether the server is closing: set once, seen by every thread. */
    static final class Closing {
        private volatile boolean begun;

        void begin() {
            begun = true;
        }

        boolean hasBegun() {
            return begun;
        }
    }
}
