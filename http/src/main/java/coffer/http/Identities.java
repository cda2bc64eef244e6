package coffer.http;

import java.util.Optional;

/** What the server proves to be to whom. Thread-safe. */
@FunctionalInterface
public interface Identities {
    /**
     * The identity for one handshake; also one that is going on while identities are exchanged keeps what it got here. Runs
     * on a virtual thread.
     *
     * @param serverName whom the client asks for, in lower case (RFC 6066 section 3); empty if it does not say
     */
    Identity of(Optional<String> serverName);
}
