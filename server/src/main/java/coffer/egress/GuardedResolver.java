package coffer.egress;

import coffer.outbound.AddressRules;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Finds the addresses of names, of which only those are known that the rules allow. The client connects to what it is told here
 * and asks nobody again, so a name cannot mean another address a moment later.
 */
final class GuardedResolver implements DnsResolver {
    private final AddressRules rules;

    GuardedResolver(AddressRules rules) {
        this.rules = rules;
    }

    /** A name that leads only where the server must not go. */
    static final class Refused extends UnknownHostException {
        private static final long serialVersionUID = 1L;

        Refused(String host) {
            super(host + " is not a public address, and the operator of the server has not allowed it"
                    + " (--outbound-allow).");
        }
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] allowed = Arrays.stream(InetAddress.getAllByName(host))
                .filter(rules::allows)
                .toArray(InetAddress[]::new);
        if (allowed.length == 0) {
            throw new Refused(host);
        }
        return allowed;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}
