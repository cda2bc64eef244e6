package coffer.request;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Headers;
import java.util.List;
import java.util.Locale;

/**
 * Headers of writes that ask for something this server does not do yet. Storing them without acting on them would be a
 * promise not kept, so the request is refused.
 */
public final class UnavailableHeaders {
    private static final List<String> PREFIXES = List.of("pic-operations");

    private UnavailableHeaders() {}

    /**
     * Looks for such headers.
     *
     * @throws CosException {@code NotImplemented} naming the header
     */
    public static void refuse(Headers headers) {
        for (Headers.Header header : headers.all()) {
            String name = header.name().toLowerCase(Locale.ROOT);
            if (PREFIXES.stream().anyMatch(name::startsWith)) {
                throw CosError.NOT_IMPLEMENTED.because(
                        "The header " + header.name() + " with this value is not available on this server yet.");
            }
        }
    }
}
