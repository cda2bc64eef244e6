package coffer.cors;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Element;
import coffer.api.Headers.Header;
import coffer.api.XmlWriter;
import coffer.request.Numbers;
import coffer.request.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which pages may do what with the objects of a bucket. Source: COS API reference, "PUT Bucket cors"; only origins and
 * methods must be there, as the SDKs leave out the rest.
 *
 * @param id at most 255 characters
 * @param allowedOrigins at least one of {@code *} or {@code scheme://host[:port]}, each with at most one {@code *}
 * @param allowedMethods at least one
 * @param allowedHeaders names in any case, each with at most one {@code *}; those a page may send
 * @param exposeHeaders names; those a page may see
 * @param maxAgeSeconds how long a browser may remember a preflight, from 0
 */
public record CorsRule(
        Optional<String> id,
        List<String> allowedOrigins,
        List<Method> allowedMethods,
        List<String> allowedHeaders,
        List<String> exposeHeaders,
        Optional<Integer> maxAgeSeconds) {
    private static final int MAX_ID_LENGTH = 255;

    /** RFC 9110, 5.6.2; it also keeps line breaks out of the answer. */
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    /** The methods a rule may allow. */
    public enum Method {
        PUT,
        GET,
        POST,
        DELETE,
        HEAD
    }

    /**
     * Checks it.
     *
     * @throws CosException {@code MalformedXML} without origin or method, {@code InvalidArgument}
     */
    public CorsRule {
        allowedOrigins = List.copyOf(allowedOrigins);
        allowedMethods = List.copyOf(allowedMethods);
        allowedHeaders = List.copyOf(allowedHeaders);
        exposeHeaders = List.copyOf(exposeHeaders);
        if (allowedOrigins.isEmpty() || allowedMethods.isEmpty()) {
            throw CosError.MALFORMED_XML.because("CORSRule must have an AllowedOrigin and an AllowedMethod.");
        }
        if (id.isPresent() && id.get().length() > MAX_ID_LENGTH) {
            throw CosError.INVALID_ARGUMENT.because("ID must have at most " + MAX_ID_LENGTH + " characters.");
        }
        if (maxAgeSeconds.isPresent() && maxAgeSeconds.get() < 0) {
            throw CosError.INVALID_ARGUMENT.because("MaxAgeSeconds must not be negative.");
        }
        allowedOrigins.forEach(CorsRule::checkOrigin);
        for (String header : allowedHeaders) {
            if (stars(header) > 1 || !TOKEN.matcher(header).matches()) {
                throw CosError.INVALID_ARGUMENT.because(
                        "AllowedHeader must be a header name with at most one *, not '" + header + "'.");
            }
        }
        for (String header : exposeHeaders) {
            if (stars(header) > 0 || !TOKEN.matcher(header).matches()) {
                throw CosError.INVALID_ARGUMENT.because(
                        "ExposeHeader must be a header name without *, not '" + header + "'.");
            }
        }
    }

    static CorsRule read(Element rule) {
        return new CorsRule(
                rule.childText("ID").filter(id -> !id.isEmpty()),
                texts(rule, "AllowedOrigin"),
                texts(rule, "AllowedMethod").stream()
                        .map(method -> Words.constant("AllowedMethod", method, Method.class))
                        .toList(),
                texts(rule, "AllowedHeader"),
                texts(rule, "ExposeHeader"),
                rule.childText("MaxAgeSeconds").filter(text -> !text.isEmpty()).map(text ->
                        (int) Numbers.within("MaxAgeSeconds", text, 0, Integer.MAX_VALUE)));
    }

    void write(XmlWriter xml) {
        xml.open("CORSRule");
        id.ifPresent(text -> xml.element("ID", text));
        allowedOrigins.forEach(origin -> xml.element("AllowedOrigin", origin));
        allowedMethods.forEach(method -> xml.element("AllowedMethod", method.name()));
        allowedHeaders.forEach(header -> xml.element("AllowedHeader", header));
        exposeHeaders.forEach(header -> xml.element("ExposeHeader", header));
        maxAgeSeconds.ifPresent(seconds -> xml.element("MaxAgeSeconds", seconds));
        xml.close("CORSRule");
    }

    /** Whether a page of this origin may use this method. */
    boolean allows(String origin, String method) {
        return entryFor(origin).isPresent()
                && allowedMethods.stream().anyMatch(allowed -> allowed.name().equals(method));
    }

    /** Whether a page may send a header of this name. */
    boolean allowsHeader(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return allowedHeaders.stream().anyMatch(allowed -> matches(allowed.toLowerCase(Locale.ROOT), lower));
    }

    /**
     * What an allowed request is answered. Credentials are allowed to an origin that is named, as a browser takes none
     * for {@code *}.
     *
     * @param asked the headers a preflight asked for, as it listed them
     */
    List<Header> answer(String origin, Optional<String> asked) {
        boolean everyone = entryFor(origin).filter("*"::equals).isPresent();
        List<Header> headers = new ArrayList<>();
        headers.add(new Header("Access-Control-Allow-Origin", everyone ? "*" : origin));
        headers.add(new Header(
                "Access-Control-Allow-Methods",
                allowedMethods.stream().map(Enum::name).collect(Collectors.joining(","))));
        asked.ifPresent(list -> headers.add(new Header("Access-Control-Allow-Headers", list)));
        if (!exposeHeaders.isEmpty()) {
            headers.add(new Header("Access-Control-Expose-Headers", String.join(",", exposeHeaders)));
        }
        maxAgeSeconds.ifPresent(
                seconds -> headers.add(new Header("Access-Control-Max-Age", Integer.toString(seconds))));
        if (!everyone) {
            headers.add(new Header("Access-Control-Allow-Credentials", "true"));
        }
        return headers;
    }

    private Optional<String> entryFor(String origin) {
        return allowedOrigins.stream()
                .filter(allowed -> matches(allowed, origin))
                .findFirst();
    }

    private static void checkOrigin(String origin) {
        if (stars(origin) > 1 || origin.chars().anyMatch(c -> c <= ' ')) {
            throw CosError.INVALID_ARGUMENT.because(
                    "AllowedOrigin must be * or scheme://host[:port] with at most one *, not '" + origin + "'.");
        }
    }

    /**
     * Checks what COS demands and S3 does not.
     *
     * @throws CosException {@code InvalidArgument}
     */
    void requireSchemes() {
        for (String origin : allowedOrigins) {
            if (stars(origin) == 0 && !origin.contains("://")) {
                throw CosError.INVALID_ARGUMENT.because(
                        "AllowedOrigin must be * or scheme://host[:port] with at most one *, not '" + origin + "'.");
            }
        }
    }

    private static List<String> texts(Element rule, String name) {
        return rule.all(name).stream()
                .map(Element::text)
                .filter(text -> !text.isEmpty())
                .toList();
    }

    private static long stars(String text) {
        return text.chars().filter(c -> c == '*').count();
    }

    /** The star stands for any characters, also none. */
    private static boolean matches(String pattern, String text) {
        int star = pattern.indexOf('*');
        if (star < 0) {
            return pattern.equals(text);
        }
        return text.length() >= pattern.length() - 1
                && text.startsWith(pattern.substring(0, star))
                && text.endsWith(pattern.substring(star + 1));
    }
}
