package coffer.encryption;

import coffer.api.CosError;
import coffer.api.CosException;

/** A key service without a key. */
final class NoKeys implements KeyService {
    @Override
    public String defaultKeyId() {
        throw refused();
    }

    @Override
    public void require(String keyId) {
        throw refused();
    }

    @Override
    public DataKey create(String keyId, String context) {
        throw refused();
    }

    @Override
    public byte[] unwrap(WrappedKey key, String context) {
        throw refused();
    }

    private static CosException refused() {
        return CosError.KMS_KEY_NOT_EXIST.because("There are no master keys here.");
    }
}
