package coffer.http;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/** What a server proves by TLS to be: certificates, its own first, and the key of that. The same one is the same object. */
public final class Identity {
    private final List<X509Certificate> chain;
    private final PrivateKey key;

    /** @throws IllegalArgumentException if there is no certificate */
    public Identity(List<X509Certificate> chain, PrivateKey key) {
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("there must be a certificate");
        }
        this.chain = List.copyOf(chain);
        this.key = key;
    }

    /** The server's own certificate, then those that lead to what clients trust. */
    public List<X509Certificate> chain() {
        return chain;
    }

    /** The key of the server's own certificate. */
    public PrivateKey key() {
        return key;
    }

    /** The server's own certificate. */
    public X509Certificate certificate() {
        return chain.getFirst();
    }
}
