package coffer.sts;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.cam.Roles;
import coffer.identity.AccessKey;
import coffer.identity.Keyring;
import coffer.identity.Principal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * All keys: temporary ones, known by the beginning of their ids, with their tokens; permanent ones, which ignore tokens.
 * Thread-safe.
 *
 * <p>A temporary key works while its token holds and the permanent key it was made with works, the user or the account of
 * which is there; that of a role also while the role is there. What these may do is looked up anew for each request.
 */
public final class StsKeyring implements Keyring {
    /** How far the clocks of two servers of a cluster may differ: what one has just issued must work at the other. */
    private static final Duration MAX_SKEW = Duration.ofMinutes(5);

    private final Keyring permanent;
    private final Roles roles;
    private final SessionTokens tokens;
    private final InstantSource clock;

    StsKeyring(Keyring permanent, Roles roles, SessionTokens tokens, InstantSource clock) {
        this.permanent = permanent;
        this.roles = roles;
        this.tokens = tokens;
        this.clock = clock;
    }

    /**
     * The active key of this id.
     *
     * @throws CosException for temporary keys {@code ExpiredToken}, {@code AccessDenied} if the token does not hold yet,
     *     {@code InvalidAccessKeyId} if it is missing, broken, foreign or of another key, or if its issuer is gone
     */
    @Override
    public Optional<AccessKey> find(String secretId, Optional<String> token) {
        if (!isTemporary(secretId)) {
            return permanent.find(secretId, Optional.empty());
        }
        return Optional.of(require(secretId, token).toKey());
    }

    /** Whether a key is a temporary one. */
    static boolean isTemporary(String secretId) {
        return secretId.startsWith(SessionToken.ID_PREFIX);
    }

    /** What the token of a temporary key says; throws as {@link #find}. */
    SessionToken require(String secretId, Optional<String> text) {
        SessionToken token = tokens.open(text.orElseThrow(() -> refusal("A temporary key needs its token.")))
                .filter(opened -> opened.tmpSecretId().equals(secretId))
                .orElseThrow(() -> refusal("The token does not belong to the key."));
        Instant now = clock.instant();
        if (!now.isBefore(token.expires())) {
            throw CosError.EXPIRED_TOKEN.exception();
        }
        if (token.issued().minus(MAX_SKEW).isAfter(now)) {
            throw CosError.ACCESS_DENIED.because("The token does not hold yet.");
        }
        if (!hasIssuer(token)) {
            throw refusal("The key, user or role that the temporary key was made with does not exist any more.");
        }
        return token;
    }

    private boolean hasIssuer(SessionToken token) {
        Optional<AccessKey> issuer = permanent.find(token.issuerKeyId(), Optional.empty());
        return switch (token.principal()) {
            case Principal.Anonymous _ -> false;
            case Principal.Root _, Principal.User _ ->
                issuer.filter(key -> key.principal().equals(token.principal())).isPresent();
            case Principal.Role role ->
                issuer.isPresent()
                        && roles.find(role.account().appId(), role.name())
                                .filter(found -> found.id().equals(role.id()))
                                .isPresent();
        };
    }

    private static CosException refusal(String sentence) {
        return CosError.INVALID_ACCESS_KEY_ID.because(sentence);
    }
}
