package coffer.http;

/** What a {@link Connection} is about. */
enum Phase {
    /** Waiting for a request. */
    HEAD,
    /** Answering one; its body may still be coming. */
    EXCHANGE,
    /** Answered; the rest of the body is thrown away. */
    DRAIN,
    /** All is said; listening only because closing now would reset the client before it has read the answer. */
    LINGER,
    CLOSED
}
