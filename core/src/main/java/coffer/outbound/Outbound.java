package coffer.outbound;

/**
 * Makes HTTP requests for the server. It connects to no address that {@link AddressRules} refuse, by whatever name or
 * redirection it was led there. Thread-safe.
 */
public interface Outbound {
    /** Refuses all. */
    Outbound NONE = request -> {
        throw OutboundException.refused("This server sends no requests.");
    };

    /**
     * Sends a request and waits for the head of its answer, whatever its status.
     *
     * @return to be closed
     * @throws OutboundException if there is none
     */
    OutboundAnswer send(OutboundRequest request);
}
