package coffer.http;

import coffer.api.CosError;
import coffer.api.CosException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** TLS as all connections of a server share it: contexts, and where CONNECT may lead. Thread-safe. */
final class Tls {
    private static final int HTTPS_PORT = 443;

    private final Optional<TlsContexts> contexts;
    private final Optional<TlsOptions.Tunnels> tunnels;
    private final Set<Integer> ports = ConcurrentHashMap.newKeySet();

    Tls(Optional<TlsOptions> options, TlsProvider provider) {
        contexts = options.map(present -> new TlsContexts(present.identities(), provider));
        tunnels = options.flatMap(TlsOptions::tunnels);
        ports.add(HTTPS_PORT);
    }

    /** Empty if the server speaks no TLS. */
    Optional<TlsContexts> contexts() {
        return contexts;
    }

    /** The server listens on this port, too. */
    void listensOn(int port) {
        ports.add(port);
    }

    /**
     * Lets a CONNECT pass that leads back to this server.
     *
     * @param secure whether it came over TLS itself
     * @throws CosException with what to do instead
     */
    void requireTunnel(RequestHead head, boolean secure) {
        if (head.bodyBytes() != 0) {
            throw CosError.BAD_REQUEST.because("CONNECT has no body.");
        }
        Authority target = Authority.of(head.target())
                .orElseThrow(() -> CosError.BAD_REQUEST.because("The target of CONNECT is not <host>:<port>."));
        if (contexts.isEmpty()) {
            throw CosError.NOT_IMPLEMENTED.because(
                    "This server speaks no TLS: start it with --dev-tls, or with --tls-cert and --tls-key, or use http.");
        }
        TlsOptions.Tunnels allowed = tunnels.orElseThrow(
                () -> CosError.METHOD_NOT_ALLOWED.because("CONNECT is not answered here: connect without a proxy."));
        if (secure) {
            throw CosError.METHOD_NOT_ALLOWED.because(
                    "CONNECT is answered without TLS only: write http:// in front of the proxy's address.");
        }
        if (!ports.contains(target.port()) || !allowed.hosts().test(target.host())) {
            throw CosError.ACCESS_DENIED.because("CONNECT leads to this server only, under these names, on port 443: "
                    + allowed.text() + ". Let other hosts bypass this proxy (NO_PROXY).");
        }
    }
}
