package coffer.object;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Query;
import java.util.Optional;

/** The version a request names. Until a bucket can be versioned every object has one, called {@code null}. */
public final class Versions {
    private static final String NULL = "null";

    private Versions() {}

    /** The version id, whose parameter the Go SDK writes with a capital V when it deletes. */
    static Optional<String> named(Query query) {
        return query.all().stream()
                .filter(parameter -> parameter.name().equalsIgnoreCase("versionId"))
                .map(Query.Parameter::value)
                .filter(value -> !value.isEmpty())
                .reduce((first, last) -> last);
    }

    /**
     * Lets pass what names no version or the only one there can be.
     *
     * @throws CosException {@code NoSuchVersion}
     */
    public static void requireNull(Optional<String> versionId) {
        if (!isNull(versionId)) {
            throw CosError.NO_SUCH_VERSION.exception();
        }
    }

    static boolean isNull(Optional<String> versionId) {
        return versionId.isEmpty() || versionId.get().equals(NULL);
    }
}
