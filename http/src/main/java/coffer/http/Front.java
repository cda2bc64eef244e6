package coffer.http;

import coffer.api.Gateway;
import java.util.concurrent.ThreadFactory;

/**
 * What all connections of a server share.
 *
 * @param threads starts the virtual thread of each request
 */
record Front(HttpOptions options, Gateway gateway, Load load, DateHeader date, Closing closing, ThreadFactory threads) {
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
