package coffer.identity;

import coffer.api.CosException;
import java.util.Optional;

/** Knows the keys. Thread-safe. */
@FunctionalInterface
public interface Keyring {
    /**
     * The active key of this id.
     *
     * @param token what a request brings that is signed with a temporary key; permanent keys need none and ignore it
     * @throws CosException {@code ExpiredToken}, {@code InvalidAccessKeyId} for a token that does not belong to the key
     */
    Optional<AccessKey> find(String secretId, Optional<String> token);
}
