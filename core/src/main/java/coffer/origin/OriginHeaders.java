package coffer.origin;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Element;
import coffer.api.Headers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What an origin hears besides the address.
 *
 * @param followsAll whether it gets the headers of the request, but for those that are about the request itself
 * @param added further ones, at most 10, instead of what the request says
 * @param followed lower-case names of those it gets in any case
 * @param forbidden lower-case names of those it never gets
 */
public record OriginHeaders(
        boolean followsAll, List<Headers.Header> added, Set<String> followed, Set<String> forbidden) {
    /** None at all. */
    public static final OriginHeaders NONE = new OriginHeaders(false, List.of(), Set.of(), Set.of());

    private static final int MOST_ADDED = 10;
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}");
    private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7e\\x80-\\uffff]{0,2048}");

    /** They are about the connection or the body, and the store makes its own. */
    private static final Set<String> OF_CONNECTION = Set.of(
            "host",
            "connection",
            "keep-alive",
            "proxy-connection",
            "proxy-authenticate",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "expect",
            "content-length",
            "cdn-loop");

    /** Who holds them can act for the client. */
    private static final Set<String> CREDENTIALS =
            Set.of("authorization", "proxy-authorization", "x-cos-security-token", "x-amz-security-token");

    /** They ask for a part of the object or for none of it, or for another form of it; it is stored as a whole. */
    private static final Set<String> OF_ANSWER = Set.of(
            "range",
            "if-range",
            "if-match",
            "if-none-match",
            "if-modified-since",
            "if-unmodified-since",
            "accept-encoding",
            "content-md5",
            "date");

    private static final List<String> OF_STORE = List.of("x-cos-", "x-amz-");

    public OriginHeaders {
        added = List.copyOf(added);
        followed = Set.copyOf(followed);
        forbidden = Set.copyOf(forbidden);
    }

    /** What is sent on of the headers of a request: nothing by which its sender is known to the store. */
    public List<Headers.Header> of(Headers request) {
        List<Headers.Header> sent = new ArrayList<>();
        for (Headers.Header header : request.all()) {
            if (isFollowed(header.name().toLowerCase(Locale.ROOT))) {
                sent.add(header);
            }
        }
        return sent;
    }

    private boolean isFollowed(String name) {
        boolean isAdded = added.stream().anyMatch(header -> header.name().equalsIgnoreCase(name));
        if (isAdded || forbidden.contains(name) || isKept(name)) {
            return false;
        }
        return followed.contains(name) || (followsAll && OF_STORE.stream().noneMatch(name::startsWith));
    }

    private static boolean isKept(String name) {
        return OF_CONNECTION.contains(name)
                || CREDENTIALS.contains(name)
                || OF_ANSWER.contains(name)
                || name.contains("-server-side-encryption-");
    }

    /**
     * Reads an {@code HttpHeader}.
     *
     * @throws CosException {@code MalformedXML}, {@code InvalidArgument}
     */
    static OriginHeaders read(Element element) {
        List<Headers.Header> added = named(element, "NewHttpHeaders").stream()
                .map(header -> new Headers.Header(
                        name(header), value(header.childText("Value").orElse(""))))
                .toList();
        if (added.size() > MOST_ADDED) {
            throw CosError.INVALID_ARGUMENT.because("NewHttpHeaders has at most " + MOST_ADDED + " headers.");
        }
        added.forEach(header -> {
            if (OF_CONNECTION.contains(header.name().toLowerCase(Locale.ROOT))) {
                throw CosError.INVALID_ARGUMENT.because("The header " + header.name() + " cannot be set by a rule.");
            }
        });
        List<Element> forbidden = new ArrayList<>(named(element, "ForbidFollowHeaders"));
        forbidden.addAll(named(element, "ForbidFollowHttpHeaders"));
        return new OriginHeaders(
                OriginRule.flag(element, "FollowAllHeaders").orElse(false),
                added,
                names(named(element, "FollowHttpHeaders")),
                names(forbidden));
    }

    private static List<Element> named(Element element, String list) {
        return element.child(list).map(found -> found.all("Header")).orElse(List.of());
    }

    private static Set<String> names(List<Element> headers) {
        return headers.stream()
                .map(header -> name(header).toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

    private static String name(Element header) {
        String name = header.required("Key");
        if (!TOKEN.matcher(name).matches()) {
            throw CosError.INVALID_ARGUMENT.because("'" + name + "' is not the name of a header.");
        }
        return name;
    }

    private static String value(String text) {
        if (!VALUE.matcher(text).matches()) {
            throw CosError.INVALID_ARGUMENT.because("The value of a header has at most 2,048 characters of one line.");
        }
        return text;
    }
}
