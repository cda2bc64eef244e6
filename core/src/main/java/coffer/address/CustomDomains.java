package coffer.address;

import java.util.Optional;

/** The domains of users that lead to a bucket as a website. Thread-safe; asked before a request is known, so it never waits. */
@FunctionalInterface
public interface CustomDomains {
    /** There are none. */
    CustomDomains NONE = host -> Optional.empty();

    /**
     * The full name of the bucket.
     *
     * @param host in lower case, without port
     */
    Optional<String> website(String host);
}
