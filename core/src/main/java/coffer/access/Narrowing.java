package coffer.access;

import coffer.address.IpRange;
import java.util.List;
import java.util.Set;

/**
 * Which conditions keep a policy that names everybody from being public: those that hold for a fixed circle of callers
 * only. Source: S3 docs, "Blocking public access", "The meaning of public".
 */
final class Narrowing {
    private static final String IP = "qcs:ip";

    private static final Set<String> KEYS = Set.of(
            IP,
            "qcs:vpc",
            "vpc:requester_vpc",
            "aws:sourcevpc",
            "aws:sourcevpce",
            "aws:sourcearn",
            "aws:sourceaccount",
            "aws:sourceowner",
            "aws:principalarn",
            "aws:principalaccount",
            "aws:principalorgid",
            "aws:userid");

    /** Shorter prefixes are half the world. */
    private static final int MIN_V4_BITS = 8;

    private static final int MIN_V6_BITS = 32;

    private Narrowing() {}

    /** Whether these values are such a circle: no ranges of most addresses, no patterns. */
    static boolean isFixed(String key, Operator operator, List<String> values) {
        if (!KEYS.contains(key)) {
            return false;
        }
        return switch (operator) {
            case IP_EQUAL -> key.equals(IP) && values.stream().allMatch(Narrowing::isNarrow);
            case STRING_EQUAL, STRING_EQUAL_IGNORE_CASE -> !key.equals(IP);
            case STRING_LIKE -> !key.equals(IP) && values.stream().noneMatch(Glob::isOpen);
            default -> false;
        };
    }

    private static boolean isNarrow(String range) {
        return IpRange.parse(range)
                .filter(parsed -> parsed.bits() >= (parsed.network().length == 4 ? MIN_V4_BITS : MIN_V6_BITS))
                .isPresent();
    }
}
