package coffer.http;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * How the HTTP front speaks TLS.
 *
 * @param identities what it proves to be
 * @param tunnels where CONNECT may lead; empty if it is not answered
 * @param bind where it listens for TLS alone, beside the address where both are understood
 */
public record TlsOptions(Identities identities, Optional<Tunnels> tunnels, Optional<InetSocketAddress> bind) {
    /**
     * Where CONNECT may lead. All of these are this server: no connection is made to anywhere.
     *
     * @param hosts whether a host means this server; asked without port and brackets
     * @param text the same for users: names and patterns
     */
    public record Tunnels(Predicate<String> hosts, String text) {}
}
