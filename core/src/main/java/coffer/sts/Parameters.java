package coffer.sts;

import coffer.api.CosException;
import coffer.api.Query;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a call brings, by name. Of a JSON document the texts, numbers and booleans; lists and objects ask for nothing that
 * could be done here.
 */
record Parameters(SortedMap<String, String> all) {
    private static final int MAX_DEPTH = 12;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /**
     * Reads a query or a form.
     *
     * @throws StsException {@code InvalidParameter} if an escape is broken or a name stands twice
     */
    static Parameters ofForm(String raw) {
        SortedMap<String, String> all = new TreeMap<>();
        try {
            for (Query.Parameter parameter : Query.parse(raw).all()) {
                if (all.put(parameter.name(), parameter.value()) != null) {
                    throw StsError.INVALID_PARAMETER.because(
                            "The parameter `" + shown(parameter.name()) + "` stands twice.");
                }
            }
        } catch (CosException e) {
            throw StsError.INVALID_PARAMETER.because("The parameters are not percent-encoded UTF-8.");
        }
        return new Parameters(all);
    }

    /**
     * Reads a JSON document; an empty one has no parameters.
     *
     * @throws StsException {@code InvalidParameter}
     */
    static Parameters ofJson(byte[] document) {
        SortedMap<String, String> all = new TreeMap<>();
        if (document.length > 0) {
            for (Map.Entry<String, JsonNode> member : object(document).properties()) {
                if (member.getValue().isValueNode() && !member.getValue().isNull()) {
                    all.put(member.getKey(), member.getValue().asString());
                }
            }
        }
        return new Parameters(all);
    }

    private static JsonNode object(byte[] document) {
        try {
            JsonNode root = JSON.readTree(new String(document, StandardCharsets.UTF_8));
            if (root.isObject()) {
                return root;
            }
        } catch (JacksonException e) {
            // the same error as for another value
        }
        throw StsError.INVALID_PARAMETER.because("The body is not a JSON object.");
    }

    /** A parameter that is there and not empty: some clients send empty ones for absent ones. */
    Optional<String> find(String name) {
        return Optional.ofNullable(all.get(name)).filter(value -> !value.isEmpty());
    }

    /**
     * A parameter that must be there.
     *
     * @throws StsException {@code MissingParameter}
     */
    String require(String name) {
        return find(name).orElseThrow(() -> StsError.missing(name));
    }

    /**
     * A whole number.
     *
     * @throws StsException {@code InvalidParameter}
     */
    Optional<Long> number(String name) {
        return find(name).map(text -> {
            try {
                return Long.parseLong(text);
            } catch (NumberFormatException e) {
                throw StsError.INVALID_PARAMETER.because("The parameter `" + name + "` must be an integer.");
            }
        });
    }

    /** A name from outside, fit to be repeated. */
    static String shown(String text) {
        String plain = text.replaceAll("[^ -~]", "?");
        return plain.length() > 100 ? plain.substring(0, 100) + "..." : plain;
    }

    /** Names only: values may be credentials. */
    @Override
    public String toString() {
        return all.keySet().toString();
    }
}
