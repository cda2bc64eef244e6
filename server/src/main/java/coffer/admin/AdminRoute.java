package coffer.admin;

import coffer.api.PercentCode;
import coffer.api.Query;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which requests an operation is for, and whose.
 *
 * @param role what a caller must be; empty if anybody may call it
 * @param template for instance {@code /accounts/{appId}}: what stands in braces is any one segment
 * @param parameters those that may be in the query
 */
record AdminRoute(Optional<AdminRole> role, String method, String template, List<String> parameters) {
    /** Before each template. */
    static final String BASE = "/admin/v1";

    static AdminRoute get(AdminRole role, String template, String... parameters) {
        return new AdminRoute(Optional.of(role), "GET", template, List.of(parameters));
    }

    static AdminRoute getByAnybody(String template) {
        return new AdminRoute(Optional.empty(), "GET", template, List.of());
    }

    static AdminRoute post(AdminRole role, String template) {
        return new AdminRoute(Optional.of(role), "POST", template, List.of());
    }

    static AdminRoute put(AdminRole role, String template) {
        return new AdminRoute(Optional.of(role), "PUT", template, List.of());
    }

    static AdminRoute patch(AdminRole role, String template) {
        return new AdminRoute(Optional.of(role), "PATCH", template, List.of());
    }

    static AdminRoute delete(AdminRole role, String template) {
        return new AdminRoute(Optional.of(role), "DELETE", template, List.of());
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
