package coffer.sts;

import coffer.address.Address;
import coffer.api.HttpRequest;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/**
 * What a client may have signed for host and path. Clients that can only be given a URL call under {@link #PATH} and yet
 * sign {@code /}; ports come and go.
 *
 * @param hosts in the order they are tried
 * @param paths in the order they are tried
 */
record Target(Set<String> hosts, Set<String> paths) {
    /** Where the API is on hosts that are not its own. */
    static final String PATH = "/-/sts";

    static Target of(HttpRequest request, Address address) {
        Set<String> hosts = new LinkedHashSet<>();
        add(hosts, request.headers().first("Host").orElse(address.host()));
        add(hosts, address.host());
        Set<String> paths = new LinkedHashSet<>();
        paths.add("/");
        paths.add(address.path());
        paths.add(address.path() + "/");
        return new Target(hosts, paths);
    }

    private static void add(Set<String> hosts, String host) {
        int colon = host.lastIndexOf(':');
        hosts.add(host);
        hosts.add(colon < 0 || host.endsWith("]") ? host : host.substring(0, colon));
        hosts.add(host.toLowerCase(Locale.ROOT));
    }
}
