package coffer.admin;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** The description of the admin API in OpenAPI 3.1, made of {@link AdminOperation} and the records it names. */
final class OpenApi {
    private static final String JSON = "application/json";
    private static final String TYPE = "type";
    private static final String SCHEMA = "schema";

    private final Map<String, Object> schemas = new TreeMap<>();

    private OpenApi() {}

    /** The document. */
    static Map<String, Object> document() {
        return new OpenApi().make();
    }

    private Map<String, Object> make() {
        Map<String, Object> paths = new LinkedHashMap<>();
        for (AdminOperation operation : AdminOperation.values()) {
            @SuppressWarnings("unchecked") // only such are put in
            Map<String, Object> path = (Map<String, Object>)
                    paths.computeIfAbsent(operation.route().template(), template -> new LinkedHashMap<>());
            path.put(operation.route().method().toLowerCase(Locale.ROOT), describe(operation));
        }
        Object _ = schema(AdminGateway.ErrorAnswer.class);
        Map<String, Object> bearer = ordered(TYPE, "http", "scheme", "bearer");
        Map<String, Object> signature = ordered(
                TYPE,
                "apiKey",
                "in",
                "header",
                "name",
                "Authorization",
                "description",
                "A COS signature with a permanent key of the root user of the first account.");
        return ordered(
                "openapi",
                "3.1.0",
                "info",
                ordered("title", "Coffer admin API", "version", "1"),
                "servers",
                List.of(ordered("url", AdminRoute.BASE)),
                "paths",
                paths,
                "components",
                ordered("schemas", schemas, "securitySchemes", ordered("token", bearer, "cosSignature", signature)),
                "security",
                List.of(ordered("token", List.of()), ordered("cosSignature", List.of())));
    }

    private Map<String, Object> describe(AdminOperation operation) {
        Map<String, Object> described = ordered("operationId", operation.title(), "summary", operation.summary());
        operation
                .role()
                .ifPresentOrElse(
                        role -> described.put("x-coffer-role", role.text()),
                        () -> described.put("security", List.of()));
        List<Object> parameters = new ArrayList<>();
        operation.route().variables().forEach(name -> parameters.add(parameter(name, "path", true)));
        operation.route().parameters().forEach(name -> parameters.add(parameter(name, "query", false)));
        if (!parameters.isEmpty()) {
            described.put("parameters", parameters);
        }
        if (operation.work().needsBody()) {
            described.put(
                    "requestBody",
                    ordered(
                            "required",
                            true,
                            "content",
                            content(operation.work().body())));
        }
        Map<String, Object> responses = new LinkedHashMap<>();
        if (operation.work().answersNothing()) {
            responses.put("204", ordered("description", "Done."));
        } else {
            responses.put(
                    operation.isCreation() ? "201" : "200",
                    ordered(
                            "description",
                            "The answer.",
                            "content",
                            content(operation.work().answer())));
        }
        responses.put(
                "default",
                ordered("description", "Refused or failed.", "content", content(AdminGateway.ErrorAnswer.class)));
        described.put("responses", responses);
        return described;
    }

    private static Map<String, Object> parameter(String name, String in, boolean required) {
        return ordered("name", name, "in", in, "required", required, SCHEMA, ordered(TYPE, "string"));
    }

    private Map<String, Object> content(Class<?> type) {
        return ordered(JSON, ordered(SCHEMA, schema(type)));
    }

    private Map<String, Object> schema(Type type) {
        if (type instanceof ParameterizedType generic) {
            return schema(generic);
        }
        if (type == String.class) {
            return ordered(TYPE, "string");
        } else if (type == Instant.class) {
            return ordered(TYPE, "string", "format", "date-time");
        } else if (type == long.class || type == Long.class || type == int.class || type == Integer.class) {
            return ordered(TYPE, "integer");
        } else if (type == boolean.class || type == Boolean.class) {
            return ordered(TYPE, "boolean");
        } else if (type == JsonNode.class) {
            return ordered("description", "Any JSON.");
        } else if (type instanceof Class<?> named && named.isRecord()) {
            return reference(named);
        } else if (type == Object.class) {
            return ordered(TYPE, "object");
        }
        throw new IllegalStateException("no schema for " + type);
    }

    private Map<String, Object> schema(ParameterizedType type) {
        if (type.getRawType() == List.class) {
            return ordered(TYPE, "array", "items", schema(type.getActualTypeArguments()[0]));
        } else if (type.getRawType() == Map.class) {
            return ordered(TYPE, "object", "additionalProperties", schema(type.getActualTypeArguments()[1]));
        }
        return schema(type.getActualTypeArguments()[0]);
    }

    private Map<String, Object> reference(Class<?> type) {
        String name = type.getSimpleName();
        if (!schemas.containsKey(name)) {
            schemas.put(name, Map.of());
            Map<String, Object> properties = new LinkedHashMap<>();
            List<String> required = new ArrayList<>();
            for (RecordComponent component : type.getRecordComponents()) {
                properties.put(component.getName(), schema(component.getGenericType()));
                if (component.getType() != Optional.class) {
                    required.add(component.getName());
                }
            }
            Map<String, Object> schema = ordered(TYPE, "object", "properties", properties);
            if (!required.isEmpty()) {
                schema.put("required", required);
            }
            schema.put("additionalProperties", false);
            schemas.put(name, schema);
        }
        return ordered("$ref", "#/components/schemas/" + name);
    }

    private static Map<String, Object> ordered(Object... namesAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }
}
