package coffer.object;

import coffer.api.Query;
import java.util.Optional;

/** The version a request names. */
public final class Versions {
    private Versions() {}

    /** The version id, whose parameter the Go SDK writes with a capital V when it deletes. */
    public static Optional<String> named(Query query) {
        for (Query.Parameter parameter : query.all()) {
            if (parameter.name().equalsIgnoreCase("versionId")
                    && !parameter.value().isEmpty()) {
                return Optional.of(parameter.value());
            }
        }
        return Optional.empty();
    }
}
