package coffer.address;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An IP address or a range of them in CIDR form. Bits of the host may be set, as the examples of the reference do.
 *
 * @param network 4 or 16 octets
 * @param bits how many of them count
 */
public record IpRange(byte[] network, int bits) {
    private static final Pattern V6 = Pattern.compile("[0-9A-Fa-f:.]{2,45}");
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,3}");

    /** Reads {@code 10.0.0.0/8}, {@code 2001:db8::/32}, or an address; empty if it is neither. */
    public static Optional<IpRange> parse(String text) {
        int slash = text.indexOf('/');
        Optional<byte[]> address = address(slash < 0 ? text : text.substring(0, slash));
        if (address.isEmpty() || slash < 0) {
            return address.map(octets -> new IpRange(octets, octets.length * 8));
        }
        String length = text.substring(slash + 1);
        int longest = address.get().length * 8;
        boolean isNumber = LENGTH.matcher(length).matches();
        return isNumber && Integer.parseInt(length) <= longest
                ? Optional.of(new IpRange(address.get(), Integer.parseInt(length)))
                : Optional.empty();
    }

    /** Whether an address is in it; {@code false} for what is not an address. */
    public boolean contains(String address) {
        int zone = address.indexOf('%');
        return address(zone < 0 ? address : address.substring(0, zone))
                .filter(this::contains)
                .isPresent();
    }

    /**
     * Whether an address is in it.
     *
     * @param address 4 or 16 octets
     */
    public boolean contains(byte[] address) {
        if (address.length != network.length) {
            return false;
        }
        int whole = bits / 8;
        if (!Arrays.equals(address, 0, whole, network, 0, whole)) {
            return false;
        }
        int rest = bits % 8;
        return rest == 0 || (address[whole] ^ network[whole]) >> (8 - rest) == 0;
    }

    /** The octets of an address in text; of an IPv4 address in IPv6 form the four. Nothing is looked up. */
    private static Optional<byte[]> address(String text) {
        boolean isV6 = text.indexOf(':') >= 0;
        if (!isV6) {
            return v4(text);
        }
        if (!V6.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(text).getAddress());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<byte[]> v4(String text) {
        byte[] octets = new byte[4];
        int at = 0;
        int value = -1;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : '.';
            if (c == '.') {
                if (value < 0 || at == 4) {
                    return Optional.empty();
                }
                octets[at++] = (byte) value;
                value = -1;
            } else if (c >= '0' && c <= '9') {
                value = Math.max(value, 0) * 10 + c - '0';
                if (value > 255) {
                    return Optional.empty();
                }
            } else {
                return Optional.empty();
            }
        }
        return at == 4 ? Optional.of(octets) : Optional.empty();
    }
}
