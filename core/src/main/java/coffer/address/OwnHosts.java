package coffer.address;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The host names that mean this server and no other: those of COS, of its token service, the configured suffixes, and
 * where it listens. Thread-safe. Source: COS docs, "Regions and Access Endpoints"; the STS SDKs for their hosts.
 */
public final class OwnHosts {
    private static final List<String> COS_DOMAINS = List.of("myqcloud.com", "tencentcos.cn");
    private static final Pattern TOKEN_SERVICE = Pattern.compile("sts(\\.[a-z0-9-]{1,63})?\\.tencentcloudapi\\.com");
    private static final Pattern NAME = Pattern.compile("([a-z0-9_-]{1,63}\\.)*[a-z0-9_-]{1,63}");
    private static final int MAX_NAME_LENGTH = 253;
    private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1", "::1");

    private final List<String> suffixes;
    private final List<String> addresses;

    /**
     * @param hostSuffixes domains behind which bucket names are host names
     * @param addresses further IP addresses in text, for instance where the server listens
     */
    public OwnHosts(List<String> hostSuffixes, List<String> addresses) {
        this.suffixes = hostSuffixes.stream()
                .map(suffix -> suffix.toLowerCase(Locale.ROOT))
                .toList();
        List<String> all = new ArrayList<>(LOOPBACK);
        all.addAll(addresses);
        this.addresses = List.copyOf(all);
    }

    /** Whether a name, without a port and IPv6 without brackets, means this server. */
    public boolean contains(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return addresses.contains(name) || isDomainName(name);
    }

    /** Whether a name is one of those and not an address. */
    public boolean isDomainName(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        if (name.length() > MAX_NAME_LENGTH || !NAME.matcher(name).matches()) {
            return false;
        }
        return name.equals("localhost")
                || COS_DOMAINS.stream().anyMatch(domain -> isBelow(name, domain))
                || suffixes.stream().anyMatch(domain -> name.equals(domain) || isBelow(name, domain))
                || TOKEN_SERVICE.matcher(name).matches();
    }

    /** The addresses among them, and {@code localhost}. */
    public List<String> addresses() {
        return addresses;
    }

    private static boolean isBelow(String name, String domain) {
        return name.length() > domain.length() + 1 && name.endsWith("." + domain);
    }

    /** For users: which names there are. */
    @Override
    public String toString() {
        List<String> all = new ArrayList<>();
        COS_DOMAINS.forEach(domain -> all.add("*." + domain));
        suffixes.forEach(domain -> all.add("*." + domain));
        all.add("sts.tencentcloudapi.com");
        all.addAll(addresses);
        return String.join(", ", all);
    }
}
