package coffer.api;

/** What the HTTP server calls. Thread-safe. */
public interface Gateway {
    /**
     * Finds out what a request means, as soon as its head is there. Called on a thread that serves many connections, so
     * it neither waits nor touches the store nor reads the body. Never throws: failures are answers too.
     */
    Prepared prepare(HttpRequest request);

    /**
     * The answer to a request that could not even be decoded (line or headers too long, contradictory lengths).
     */
    CosResponse refuse(CosException error);

    /** A request whose meaning is known. */
    interface Prepared {
        /**
         * Whether the answer takes some microseconds of work and else only waiting: then a thread of its own would cost
         * more than the work, and the one that reads the network answers it, too.
         */
        boolean isBrief();

        /** Whether it is answered however much else there is to answer. */
        default boolean isVital() {
            return false;
        }

        /** Answers; runs on a virtual thread and may block, once. Never throws. */
        CosResponse answer();
    }
}
