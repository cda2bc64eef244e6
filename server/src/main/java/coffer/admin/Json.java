package coffer.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/** How the records of the admin port become JSON and back. What is not expected is refused, not ignored. */
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(
                    DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(
                    LogicalType.Textual,
                    texts -> texts.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                            .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_ABSENT))
            .build();

    private Json() {}

    static byte[] write(Object value) {
        return MAPPER.writeValueAsBytes(value);
    }

    /** On one line; what is absent is left out. */
    public static String text(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    static JsonNode tree(String text) {
        return MAPPER.readTree(text);
    }

    /**
     * Reads a record.
     *
     * @throws AdminException saying what is wrong with it
     */
    static <T> T read(byte[] body, Class<T> type) {
        try {
            T value = MAPPER.readValue(body, type);
            if (value == null) {
                throw AdminException.invalid("The body must be a JSON object.");
            }
            return value;
        } catch (UnrecognizedPropertyException e) {
            throw AdminException.invalid("There is no field '" + e.getPropertyName() + "' here; the fields are "
                    + names(e.getKnownPropertyIds()) + ".");
        } catch (StreamReadException e) {
            throw AdminException.invalid("The body is not JSON: " + withoutToken(e.getOriginalMessage()));
        } catch (DatabindException e) {
            throw AdminException.invalid(
                    "The field '" + path(e) + "' is missing or has a value of a kind that is not allowed there.");
        } catch (JacksonException e) {
            throw AdminException.invalid("The body is not the JSON that is expected here.");
        }
    }

    /** A secret that lacks its quotation marks is such a token, and what is refused is written to the audit log. */
    private static String withoutToken(String message) {
        return message.replaceFirst("^Unrecognized token '[^']*'", "Unrecognized token");
    }

    private static String path(DatabindException e) {
        List<JacksonException.Reference> path = e.getPath();
        return path.stream()
                .map(step -> step.getPropertyName() == null ? "[" + step.getIndex() + "]" : step.getPropertyName())
                .collect(Collectors.joining("."));
    }

    private static String names(Collection<Object> known) {
        return known.stream().map(String::valueOf).sorted().collect(Collectors.joining(", "));
    }
}
