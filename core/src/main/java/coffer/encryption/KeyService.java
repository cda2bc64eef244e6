package coffer.encryption;

import coffer.api.CosException;
import coffer.store.StoreException;

/**
 * Who holds master keys and wraps data keys with them. Thread-safe; calls may block and are meant for virtual threads.
 *
 * <p>A context is a text that a data key is bound to: it is not kept in the wrapped key, and with another one that key
 * does not open.
 *
 * <p>Every method may throw {@link CosException} {@code KmsException} (refused) or {@code KmsInternalException} (no
 * answer), if the keys are somebody else's.
 */
public interface KeyService {
    /** A service that has no key and refuses everything, for whoever looks at a store without its keys. */
    static KeyService none() {
        return new NoKeys();
    }

    /** The id of the master key that is used where none is named. */
    String defaultKeyId();

    /**
     * Looks whether a master key can be used.
     *
     * @throws CosException {@code KmsKeyNotExist}, {@code KmsKeyDisabled}
     */
    void require(String keyId);

    /**
     * Makes a data key.
     *
     * @throws CosException {@code KmsKeyNotExist}, {@code KmsKeyDisabled}
     */
    DataKey create(String keyId, String context);

    /**
     * Opens a data key.
     *
     * @return 32 bytes, never others than were wrapped
     * @throws CosException {@code KmsKeyNotExist}, {@code KmsKeyDisabled}
     * @throws StoreException {@code CORRUPT} if it is not what was wrapped in this context
     */
    byte[] unwrap(WrappedKey key, String context);
}
