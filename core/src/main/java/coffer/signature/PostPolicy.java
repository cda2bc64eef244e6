package coffer.signature;

import coffer.api.CosError;
import coffer.api.CosException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The policy of a form upload. Source: COS API reference, "POST Object", section "Policy".
 *
 * @param expiration when it ends
 * @param conditions what the fields must be
 * @param minBytes of the file
 * @param maxBytes of the file
 */
public record PostPolicy(Instant expiration, List<Condition> conditions, long minBytes, long maxBytes) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String SIZE = "content-length-range";

    /**
     * What one field must be.
     *
     * @param field in lower case, without the dollar
     * @param value equal to it, or beginning with it
     */
    public record Condition(String field, String value, boolean isPrefix) {
        /** Whether a field that has this value does. */
        public boolean holds(String actual) {
            return isPrefix ? actual.startsWith(value) : actual.equals(value);
        }
    }

    public PostPolicy {
        conditions = List.copyOf(conditions);
    }

    /**
     * The octets of the JSON text, which are what COS signs.
     *
     * @throws CosException {@code InvalidPolicyDocument}
     */
    public static byte[] decode(String base64) {
        try {
            return Base64.getDecoder().decode(base64.strip());
        } catch (IllegalArgumentException e) {
            throw invalid("The policy is not base64.");
        }
    }

    /**
     * Reads the JSON text.
     *
     * @throws CosException {@code InvalidPolicyDocument}
     */
    public static PostPolicy parse(byte[] text) {
        JsonNode root;
        try {
            root = JSON.readTree(text);
        } catch (JacksonException e) {
            throw invalid("The policy is not JSON.");
        }
        JsonNode listed = root.path("conditions");
        if (!listed.isArray() || listed.isEmpty()) {
            throw invalid("You must provide condition if you specify a policy in post object request.");
        }
        List<Condition> conditions = new ArrayList<>();
        long min = 0;
        long max = Long.MAX_VALUE;
        for (JsonNode node : listed) {
            if (node.isArray() && node.path(0).asString("").equalsIgnoreCase(SIZE)) {
                min = Math.max(min, bytes(node.path(1)));
                max = Math.min(max, bytes(node.path(2)));
            } else {
                conditions.addAll(conditions(node));
            }
        }
        return new PostPolicy(expiration(root.path("expiration")), conditions, min, max);
    }

    /** The value a field must have, if the policy says one. */
    Optional<String> exact(String field) {
        return conditions.stream()
                .filter(condition -> condition.field.equals(field) && !condition.isPrefix)
                .map(Condition::value)
                .findFirst();
    }

    private static List<Condition> conditions(JsonNode node) {
        List<Condition> conditions = new ArrayList<>();
        if (node.isObject() && !node.isEmpty()) {
            for (Map.Entry<String, JsonNode> property : node.properties()) {
                conditions.add(
                        new Condition(property.getKey().toLowerCase(Locale.ROOT), text(property.getValue()), false));
            }
        } else {
            if (node.size() != 3 || !text(node.path(1)).startsWith("$")) {
                throw invalid("A condition must be {field: value}, [\"eq\" or \"starts-with\", \"$field\", value]"
                        + " or [\"content-length-range\", min, max].");
            }
            boolean isPrefix = switch (text(node.path(0)).toLowerCase(Locale.ROOT)) {
                case "eq" -> false;
                case "starts-with" -> true;
                default -> throw invalid("A condition must begin with eq, starts-with or content-length-range.");
            };
            String field = text(node.path(1)).substring(1).toLowerCase(Locale.ROOT);
            conditions.add(new Condition(field, text(node.path(2)), isPrefix));
        }
        return conditions;
    }

    private static Instant expiration(JsonNode node) {
        try {
            return OffsetDateTime.parse(text(node)).toInstant();
        } catch (DateTimeException e) {
            throw invalid("The policy must have an expiration such as 2026-02-03T04:05:06.000Z.");
        }
    }

    private static long bytes(JsonNode node) {
        try {
            return Long.parseLong(text(node));
        } catch (NumberFormatException e) {
            throw invalid("content-length-range takes two numbers of bytes.");
        }
    }

    private static String text(JsonNode node) {
        if (!node.isValueNode()) {
            throw invalid("A condition or the expiration has no plain value.");
        }
        return node.asString();
    }

    private static CosException invalid(String reason) {
        return CosError.INVALID_POLICY_DOCUMENT.because(reason);
    }
}
