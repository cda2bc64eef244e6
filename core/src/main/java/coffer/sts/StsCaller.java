package coffer.sts;

import coffer.identity.AccessKey;
import coffer.identity.Principal;
import java.util.Optional;

/**
 * Who calls, known by a signature.
 *
 * @param session of a temporary key
 */
record StsCaller(AccessKey key, Optional<SessionToken> session) {
    Principal principal() {
        return key.principal();
    }

    /** The user, or the one who assumed the role. */
    String uin() {
        return session.map(SessionToken::issuerUin).orElseGet(() -> uin(principal()));
    }

    private static String uin(Principal principal) {
        return principal instanceof Principal.User user
                ? user.uin()
                : principal.account().uin();
    }
}
