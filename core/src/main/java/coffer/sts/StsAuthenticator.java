package coffer.sts;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.identity.AccessKey;
import coffer.identity.ClientTime;
import coffer.signature.FailedAttempts;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/** Finds out who calls the API. Thread-safe. */
final class StsAuthenticator {
    /** Source: Cloud API 3.0 docs, "Signature v3". */
    private static final long MAX_SKEW_SECONDS = 300;

    private static final Set<StsError> FAILURES =
            Set.of(StsError.SECRET_ID_NOT_FOUND, StsError.SIGNATURE_FAILURE, StsError.TOKEN_FAILURE);

    private final StsKeyring keys;
    private final FailedAttempts attempts;
    /** In the year 9999. */
    private static final long MAX_SECONDS = 253_402_300_799L;

    private final InstantSource clock;

    StsAuthenticator(StsKeyring keys, FailedAttempts attempts, InstantSource clock) {
        this.keys = keys;
        this.attempts = attempts;
        this.clock = clock;
    }

    /**
     * Checks a signature.
     *
     * @param address where the call came from, an IP address
     * @throws StsException {@code AuthFailure.*}, {@code RequestLimitExceeded} after too many of these
     */
    StsCaller authenticate(ApiSignature signature, String address) {
        if (!attempts.allows(address, signature.secretId())) {
            throw StsError.REQUEST_LIMIT_EXCEEDED.exception();
        }
        try {
            StsCaller caller = authenticate(signature);
            attempts.succeeded(address, signature.secretId());
            return caller;
        } catch (StsException e) {
            if (FAILURES.contains(e.error())) {
                attempts.failed(address, signature.secretId());
            }
            throw e;
        }
    }

    /** Counts a call that cannot be understood as one with a wrong key; whether there were not too many of these. */
    boolean allowsMisuse(String address) {
        boolean allowed = attempts.allows(address, "");
        attempts.failed(address, "");
        return allowed;
    }

    private StsCaller authenticate(ApiSignature signature) {
        Instant signed = Instant.ofEpochSecond(Math.clamp(signature.timestamp(), 0, MAX_SECONDS));
        Instant now = ClientTime.now(clock, signed, false);
        if (Math.abs(now.getEpochSecond() - signature.timestamp()) > MAX_SKEW_SECONDS) {
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
