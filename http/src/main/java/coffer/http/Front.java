package coffer.http;

import coffer.api.Gateway;
import java.util.concurrent.Executor;

/**
 * What all connections of a server share.
 *
 * @param threads runs each request on a virtual thread of its own
 */
record Front(HttpOptions options, Gateway gateway, Load load, DateHeader date, Closing closing, Executor threads) {
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
