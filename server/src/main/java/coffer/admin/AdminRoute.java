package coffer.admin;

import coffer.api.PercentCode;
import coffer.api.Query;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which requests an operation is for.
 *
 * @param template for instance {@code /accounts/{appId}}: what stands in braces is any one segment
 * @param parameters those that may be in the query
 */
record AdminRoute(String method, String template, List<String> parameters) {
    /** Before each template. */
    static final String BASE = "/admin/v1";

    static AdminRoute get(String template, String... parameters) {
        return new AdminRoute("GET", template, List.of(parameters));
    }

    static AdminRoute post(String template) {
        return new AdminRoute("POST", template, List.of());
    }

    static AdminRoute put(String template) {
        return new AdminRoute("PUT", template, List.of());
    }

    static AdminRoute patch(String template) {
        return new AdminRoute("PATCH", template, List.of());
    }

    static AdminRoute delete(String template) {
        return new AdminRoute("DELETE", template, List.of());
    }

    /** The names in braces. */
    List<String> variables() {
        List<String> names = new ArrayList<>();
        for (String segment : template.split("/", -1)) {
            if (segment.startsWith("{")) {
                names.add(segment.substring(1, segment.length() - 1));
            }
        }
        return names;
    }

    /**
     * What stands for the names in braces, decoded; empty if the path is another one.
     *
     * @param rawPath as it was sent, so that an encoded slash does not divide segments
     */
    Optional<Map<String, String>> match(String rawPath) {
        String[] wanted = (BASE + template).split("/", -1);
        String[] sent = rawPath.split("/", -1);
        if (wanted.length != sent.length) {
            return Optional.empty();
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i].startsWith("{") && !sent[i].isEmpty()) {
                values.put(wanted[i].substring(1, wanted[i].length() - 1), PercentCode.decodePath(sent[i]));
            } else if (!wanted[i].equals(sent[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(values);
    }

    /** Refuses parameters that mean nothing here. */
    void requireKnown(Query query) {
        query.all().stream()
                .map(Query.Parameter::name)
                .filter(name -> !parameters.contains(name) && !name.startsWith("q-"))
                .findFirst()
                .ifPresent(name -> {
                    throw AdminException.invalid("There is no parameter '" + name + "' here"
                            + (parameters.isEmpty()
                                    ? "."
                                    : "; the parameters are " + String.join(", ", parameters) + "."));
                });
    }
}
