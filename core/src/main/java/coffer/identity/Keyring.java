package coffer.identity;

import java.util.Optional;

/** Knows the keys. Thread-safe. */
@FunctionalInterface
public interface Keyring {
    /** The active key of this id. */
    Optional<AccessKey> find(String secretId);
}
