package coffer.console;

import coffer.api.HttpRequest;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * On which port the console is, once that is known: the data port listens first. An origin is the console's if its host
 * is the one by which the data port was called and its port is this one. Thread-safe.
 */
public final class ConsolePort {
    /** A host of a {@code Host} header that may stand in a header of an answer, and its port. */
    private static final Pattern HOST = Pattern.compile("([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+])(?::[0-9]{1,5})?");

    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private volatile OptionalInt port = OptionalInt.empty();

    /** Says where the console is. */
    public void set(int number) {
        port = OptionalInt.of(number);
    }

    /** The request's origin, if it is the console's. */
    Optional<String> origin(HttpRequest request) {
        Optional<String> origin = request.headers().nonEmpty("Origin");
        OptionalInt number = port;
        if (origin.isEmpty() || number.isEmpty()) {
            return Optional.empty();
        }
        return host(request)
                .flatMap(host -> origin.filter(text -> text.equals(url("http", host, number.getAsInt()))
                        || text.equals(url("https", host, number.getAsInt()))));
    }

    /** The host that a request was sent to, without its port. */
    static Optional<String> host(HttpRequest request) {
        return request.headers()
                .nonEmpty("Host")
                .map(HOST::matcher)
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1).toLowerCase(Locale.ROOT));
    }

    /** An origin as browsers write it. */
    static String url(String scheme, String host, int port) {
        boolean isUsual = port == (scheme.equals("https") ? HTTPS : HTTP);
        return scheme + "://" + host + (isUsual ? "" : ":" + port);
    }
}
