package coffer.website;

import coffer.api.CosException;
import java.util.Optional;

/** What there is by a key, for whoever asks. */
public sealed interface Found {
    /**
     * An object that he may read.
     *
     * @param redirect where its writer wants him to be sent instead
     */
    record Allowed(Optional<String> redirect) implements Found {}

    /** An object that he may not read. */
    record Refused(CosException error) implements Found {}

    /**
     * No object.
     *
     * @param error which says so only to whom that may be told
     */
    record Missing(CosException error) implements Found {}
}
