package coffer.identity;

import java.util.Optional;

/**
 * A pair to sign requests with.
 *
 * @param secretId names it, public
 * @param secretKey never shown or logged
 * @param principal who signs with it
 * @param sessionPolicy of temporary keys: a policy document that limits what may be done with it
 */
public record AccessKey(String secretId, String secretKey, Principal principal, Optional<String> sessionPolicy) {
    /** A permanent key of an account's root user. */
    public AccessKey(String secretId, String secretKey, Account account) {
        this(secretId, secretKey, new Principal.Root(account), Optional.empty());
    }

    /** The account it belongs to. */
    public Account account() {
        return principal.account();
    }

    @Override
    public String toString() {
        return secretId + " of " + principal;
    }
}
