package coffer.sts;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.identity.AccessKey;
import java.time.InstantSource;
import java.util.Optional;

/** Finds out who calls the API. Thread-safe. */
final class StsAuthenticator {
    /** Source: Cloud API 3.0 docs, "Signature v3". */
    private static final long MAX_SKEW_SECONDS = 300;

    private final StsKeyring keys;
    private final InstantSource clock;

    StsAuthenticator(StsKeyring keys, InstantSource clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * Checks a signature.
     *
     * @throws StsException {@code AuthFailure.*}
     */
    StsCaller authenticate(ApiSignature signature) {
        if (Math.abs(clock.instant().getEpochSecond() - signature.timestamp()) > MAX_SKEW_SECONDS) {
            throw StsError.SIGNATURE_EXPIRE.exception();
        }
        StsCaller caller = find(signature);
        if (!signature.isMadeWith(caller.key().secretKey())) {
            throw StsError.SIGNATURE_FAILURE.exception();
        }
        return caller;
    }

    private StsCaller find(ApiSignature signature) {
        try {
            if (StsKeyring.isTemporary(signature.secretId())) {
                SessionToken token = keys.require(signature.secretId(), signature.token());
                return new StsCaller(token.toKey(), Optional.of(token));
            }
            AccessKey key = keys.find(signature.secretId(), Optional.empty())
                    .orElseThrow(StsError.SECRET_ID_NOT_FOUND::exception);
            return new StsCaller(key, Optional.empty());
        } catch (CosException e) {
            if (e.error() == CosError.INVALID_ACCESS_KEY_ID
                    || e.error() == CosError.EXPIRED_TOKEN
                    || e.error() == CosError.ACCESS_DENIED) {
                throw StsError.TOKEN_FAILURE.because(e.message());
            }
            throw e;
        }
    }
}
