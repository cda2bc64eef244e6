package coffer.http;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The target of a CONNECT. Source: RFC 9112 section 3.2.3.
 *
 * @param host a name, or an address without brackets
 * @param port from 1 to 65535
 */
record Authority(String host, int port) {
    private static final Pattern FORM = Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([A-Za-z0-9._-]+)):([0-9]{1,5})");

    /** Reads {@code host:port}; empty if it is none. */
    static Optional<Authority> of(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int port = Integer.parseInt(matcher.group(3));
        String host = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
        return port < 1 || port > 65535 ? Optional.empty() : Optional.of(new Authority(host, port));
    }
}
