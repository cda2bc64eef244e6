package coffer.outbound;

import coffer.address.IpRange;
import java.net.InetAddress;
import java.util.List;

/**
 * Where the server may connect to on behalf of those who configure buckets. Otherwise they could reach through it what
 * only the server can: the admin API, other services of its host and its network, the credentials that clouds hand out at
 * link-local addresses.
 *
 * @param allowed by the operator, though they are not public
 * @param denied by the operator, though they are public; goes first
 */
public record AddressRules(List<IpRange> allowed, List<IpRange> denied) {
    /** Public addresses only. */
    public static final AddressRules PUBLIC_ONLY = new AddressRules(List.of(), List.of());

    /**
     * What is not the public internet. Source: RFC 6890 and the IANA registries of special-purpose addresses; those of IPv6
     * that carry one of IPv4 lead where that leads, so they are refused, too.
     */
    private static final List<IpRange> NOT_PUBLIC = List.of(
            range("0.0.0.0/8"),
            range("10.0.0.0/8"),
            range("100.64.0.0/10"),
            range("127.0.0.0/8"),
            range("169.254.0.0/16"),
            range("172.16.0.0/12"),
            range("192.0.0.0/24"),
            range("192.0.2.0/24"),
            range("192.88.99.0/24"),
            range("192.168.0.0/16"),
            range("198.18.0.0/15"),
            range("198.51.100.0/24"),
            range("203.0.113.0/24"),
            range("224.0.0.0/3"),
            range("::/8"),
            range("64:ff9b::/32"),
            range("100::/64"),
            range("2001::/23"),
            range("2001:db8::/32"),
            range("2002::/16"),
            range("3fff::/20"),
            range("5f00::/16"),
            range("fc00::/7"),
            range("fe80::/9"),
            range("ff00::/8"));

    public AddressRules {
        allowed = List.copyOf(allowed);
        denied = List.copyOf(denied);
    }

    private static IpRange range(String text) {
        return IpRange.parse(text).orElseThrow();
    }

    /** Whether the server may connect to an address. */
    public boolean allows(InetAddress address) {
        byte[] octets = address.getAddress();
        if (isIn(denied, octets)) {
            return false;
        }
        return isIn(allowed, octets) || !isIn(NOT_PUBLIC, octets);
    }

    private static boolean isIn(List<IpRange> ranges, byte[] address) {
        return ranges.stream().anyMatch(range -> range.contains(address));
    }
}
