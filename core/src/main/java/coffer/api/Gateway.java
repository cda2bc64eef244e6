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

        /**
         * Told once how the answer went out, on the thread that answered; soon after the client has it. Neither waits nor
         * throws.
         *
         * @param status what was sent
         * @param bodyBytes how much of the body was sent, which is less than announced if the client went away
         */
        default void sent(int status, long bodyBytes) {}
    }
}
