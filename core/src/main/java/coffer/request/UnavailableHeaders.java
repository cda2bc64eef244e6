package coffer.request;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Headers;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Headers of writes that ask for something this server does not do yet. Storing them without acting on them would be a
 * promise not kept, so the request is refused.
 */
public final class UnavailableHeaders {
    private static final List<String> PREFIXES =
            List.of("x-cos-server-side-encryption", "x-cos-grant-", "x-cos-object-lock-", "pic-operations");

    /** What every object and bucket has anyway. */
    private static final Set<String> DEFAULT_ACLS = Set.of("", "default", "private");

    private UnavailableHeaders() {}

    /**
     * Looks for such headers.
     *
     * @throws CosException {@code NotImplemented} naming the header
     */
    public static void refuse(Headers headers) {
        for (Headers.Header header : headers.all()) {
            String name = header.name().toLowerCase(Locale.ROOT);
            boolean unavailable = PREFIXES.stream().anyMatch(name::startsWith)
                    || (name.equals("x-cos-acl") && !DEFAULT_ACLS.contains(header.value()))
                    || (name.equals("x-cos-tagging") && !header.value().isEmpty());
            if (unavailable) {
                throw CosError.NOT_IMPLEMENTED.because(
                        "The header " + header.name() + " with this value is not available on this server yet.");
            }
        }
    }
}
