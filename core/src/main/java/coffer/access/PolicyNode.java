package coffer.access;

import coffer.api.CosError;
import coffer.api.CosException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A value in the document of a policy, and where it stands, for messages that lead there.
 *
 * @param place for instance {@code statement[1].condition.ip_equal}; empty for the document
 */
record PolicyNode(String place, JsonNode json) {
    /** Deeper than any policy is. */
    private static final int MAX_DEPTH = 12;

    /** How much of a wrong value is repeated. */
    private static final int MAX_QUOTED = 100;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(Policy.MAX_STATEMENT_BYTES)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /**
     * Reads a document.
     *
     * @throws CosException {@code MalformedPolicy} with line and column if it is not JSON, if a name stands twice in an
     *     object, or if it is nested too deeply
     */
    static PolicyNode parse(String text) {
        try {
            String json = text.startsWith("\ufeff") ? text.substring(1) : text;
            return new PolicyNode("", JSON.readTree(json));
        } catch (StreamConstraintsException e) {
            throw CosError.MALFORMED_POLICY.because(
                    position(e) + "the policy is nested too deeply or has too long" + " values.");
        } catch (JacksonException e) {
            boolean twice =
                    e.getOriginalMessage() != null && e.getOriginalMessage().startsWith("Duplicate");
            throw CosError.MALFORMED_POLICY.because(
                    position(e) + (twice ? "the name before it stands twice in one object." : "this is not JSON."));
        }
    }

    /** The members of an object by their names as written. */
    Map<String, PolicyNode> members() {
        if (!json.isObject()) {
            throw refuse("must be an object");
        }
        Map<String, PolicyNode> members = new LinkedHashMap<>();
        json.properties()
                .forEach(member ->
                        members.put(member.getKey(), new PolicyNode(placeOf(member.getKey()), member.getValue())));
        return members;
    }

    /** The members of an object by their names in lower case, which must be among these. */
    Map<String, PolicyNode> elements(Set<String> known) {
        Map<String, PolicyNode> elements = new LinkedHashMap<>();
        members().forEach((name, node) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!known.contains(lower)) {
                throw node.refuse("unknown element");
            }
            if (elements.put(lower, new PolicyNode(placeOf(lower), node.json)) != null) {
                throw node.refuse("stands twice");
            }
        });
        return elements;
    }

    /** The items of an array that is not empty, or the one value that stands in place of an array. */
    List<PolicyNode> items() {
        if (!json.isArray()) {
            return List.of(this);
        }
        if (json.isEmpty()) {
            throw refuse("must not be empty");
        }
        List<PolicyNode> items = new ArrayList<>();
        for (JsonNode item : json) {
            items.add(new PolicyNode(place + "[" + items.size() + "]", item));
        }
        return items;
    }

    /** A text. */
    String text() {
        if (!json.isString()) {
            throw refuse("must be a text");
        }
        return json.stringValue();
    }

    /** A text, a number or a boolean as text. */
    String value() {
        if (json.isNumber()) {
            return json.decimalValue().toString();
        }
        return json.isBoolean() ? Boolean.toString(json.booleanValue()) : text();
    }

    /** How long it is in UTF-8, written without blanks. */
    int compactBytes() {
        return json.toString().getBytes(StandardCharsets.UTF_8).length;
    }

    /** That the element is missing. */
    CosException missing(String element) {
        return new PolicyNode(placeOf(element), json).refuse("is missing");
    }

    /** That the value is something else than it should be. */
    CosException isNot(String wanted) {
        String value = json.isString() ? json.stringValue() : json.toString();
        String quoted = value.length() > MAX_QUOTED ? value.substring(0, MAX_QUOTED) + "..." : value;
        return refuse("'" + quoted + "' is not " + wanted);
    }

    /** That something is wrong with the value. */
    CosException refuse(String reason) {
        return CosError.MALFORMED_POLICY.because((place.isEmpty() ? "policy" : place) + ": " + reason);
    }

    private String placeOf(String member) {
        return place.isEmpty() ? member : place + "." + member;
    }

    private static String position(JacksonException e) {
        TokenStreamLocation location = e.getLocation();
        return location == null ? "" : "line " + location.getLineNr() + ", column " + location.getColumnNr() + ": ";
    }
}
