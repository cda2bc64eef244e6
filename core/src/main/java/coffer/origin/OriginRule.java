package coffer.origin;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Element;
import coffer.request.Numbers;
import coffer.request.Words;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a bucket does about some of what it lacks. Source: COS API reference, "PUT Bucket origin".
 *
 * @param priority the lowest is tried first; 0 if it was not given
 * @param status that requests would be answered by; {@code 4XX} and {@code 5XX} for any of these
 * @param prefix that keys begin with; empty for any
 * @param suffix that keys end in; empty for any
 * @param transparentErrors whether clients get the status by which the origin refuses
 * @param followsQuery whether the origin gets the parameters of the request
 * @param followsRedirects whether the store goes where the origin sends it
 * @param redirectCode by which clients are sent to the origin: 301, 302, 307
 * @param standbyCodes by which an origin says that another is to be asked, besides 5xx
 * @param hosts 1 to 10; 1 unless the type is {@code MIRROR}
 */
public record OriginRule(
        int priority,
        OriginType type,
        String status,
        String prefix,
        String suffix,
        OriginProtocol protocol,
        boolean transparentErrors,
        boolean followsQuery,
        OriginHeaders headers,
        boolean followsRedirects,
        int redirectCode,
        Set<Integer> standbyCodes,
        List<OriginHost> hosts,
        OriginPath path) {
    private static final int NOT_FOUND = 404;
    private static final int FOUND = 302;
    private static final Set<Integer> REDIRECT_CODES = Set.of(301, FOUND, 307);
    private static final int MOST_HOSTS = 10;

    public OriginRule {
        standbyCodes = Set.copyOf(standbyCodes);
        hosts = List.copyOf(hosts);
    }

    /** Whether it is for a request that would be answered by this status. */
    boolean concerns(int failed, String key) {
        boolean isStatus = status.equals(Integer.toString(failed)) || status.equals(failed / 100 + "XX");
        return isStatus && key.startsWith(prefix) && key.endsWith(suffix);
    }

    /**
     * The hosts to be asked, one after the other: one of the origins and those that stand by for it. A key always has the
     * same origin, and of all keys each origin has its share.
     */
    public List<String> hostsFor(String key) {
        long total = hosts.stream().mapToLong(OriginHost::weight).sum();
        long at = Math.floorMod(mixed(key.hashCode()), total);
        for (OriginHost host : hosts) {
            at -= host.weight();
            if (at < 0) {
                return host.names();
            }
        }
        return hosts.getFirst().names();
    }

    /** Keys that differ in their last letters have hash codes that are close to each other. */
    private static long mixed(int hash) {
        long mixed = hash * 0x9E3779B97F4A7C15L;
        return (mixed ^ (mixed >>> 32)) & Long.MAX_VALUE;
    }

    static OriginRule read(Element rule) {
        OriginType type = Words.constant("OriginType", rule.required("OriginType"), OriginType.class);
        Element condition = required(rule, "OriginCondition");
        Element parameter = required(rule, "OriginParameter");
        Element info = required(rule, "OriginInfo");
        refuse(parameter, "CopyOriginData");
        parameter.child("FollowRedirectionConfiguration").ifPresent(following -> {
            refuse(following, "FollowOriginHeaders");
            refuse(following, "FollowUrlAutoDecode");
        });
        return new OriginRule(
                rule.childText("RulePriority")
                        .map(text -> (int) Numbers.within("RulePriority", text, 0, Integer.MAX_VALUE))
                        .orElse(0),
                type,
                status(type, condition.required("HTTPStatusCode")),
                condition.childText("Prefix").orElse(""),
                condition.childText("Suffix").orElse(""),
                Words.constant("Protocol", parameter.required("Protocol"), OriginProtocol.class),
                flag(parameter, "TransparentErrorCode").orElse(false),
                flag(parameter, "FollowQueryString").orElse(true),
                parameter.child("HttpHeader").map(OriginHeaders::read).orElse(OriginHeaders.NONE),
                flag(parameter, "FollowRedirection").orElse(true),
                redirectCode(parameter),
                standbyCodes(rule),
                hosts(type, info),
                info.child("FileInfo").map(OriginPath::read).orElse(OriginPath.PLAIN));
    }

    static Element required(Element element, String name) {
        return element.child(name)
                .orElseThrow(() -> CosError.MALFORMED_XML.because(
                        "The element " + element.name() + " must have a child element " + name + "."));
    }

    /** {@code true} or {@code false}; what is there without a text says nothing. */
    static Optional<Boolean> flag(Element element, String name) {
        return element.childText(name)
                .filter(text -> !text.isEmpty())
                .map(text -> Words.either(name, text, "true", "false"));
    }

    private static void refuse(Element element, String name) {
        if (flag(element, name).orElse(false)) {
            throw CosError.NOT_IMPLEMENTED.because(name + " of an origin is not available on this server yet.");
        }
    }

    private static String status(OriginType type, String text) {
        if (type == OriginType.REDIRECT) {
            boolean isClass = text.equalsIgnoreCase("4XX") || text.equalsIgnoreCase("5XX");
            return isClass ? text.charAt(0) + "XX" : Long.toString(Numbers.within("HTTPStatusCode", text, 400, 599));
        }
        return Long.toString(Numbers.within("HTTPStatusCode", text, NOT_FOUND, NOT_FOUND));
    }

    /** Documents have it also where it says nothing, with types that redirect nobody. */
    private static int redirectCode(Element parameter) {
        int code = parameter
                .childText("HttpRedirectCode")
                .filter(text -> !text.isEmpty())
                .map(text -> (int) Numbers.within("HttpRedirectCode", text, 301, 307))
                .orElse(FOUND);
        if (!REDIRECT_CODES.contains(code)) {
            throw CosError.INVALID_ARGUMENT.because("HttpRedirectCode must be 301, 302 or 307, not " + code + ".");
        }
        return code;
    }

    private static Set<Integer> standbyCodes(Element rule) {
        return rule.child("HTTPStandbyCode").map(codes -> codes.all("StatusCode")).orElse(List.of()).stream()
                .map(code -> (int) Numbers.within("HTTPStandbyCode", code.text(), 400, 499))
                .collect(Collectors.toSet());
    }

    /** @throws CosException {@code MalformedXML} if there are too few or too many */
    private static List<OriginHost> hosts(OriginType type, Element info) {
        List<Element> hosts = info.all("HostInfo");
        int most = type == OriginType.MIRROR ? MOST_HOSTS : 1;
        if (hosts.isEmpty() || hosts.size() > most) {
            throw CosError.MALFORMED_XML.because("OriginInfo must have "
                    + (most == 1 ? "one child element HostInfo" : "1 to " + most + " child elements HostInfo")
                    + " where OriginType is " + type + ".");
        }
        return hosts.stream().map(OriginHost::read).toList();
    }
}
