package coffer.identity;

/**
 * A pair to sign requests with.
 *
 * @param secretId names it, public
 * @param secretKey never shown or logged
 * @param account who signs with it
 */
public record AccessKey(String secretId, String secretKey, Account account) {
    @Override
    public String toString() {
        return secretId + " of " + account.appId();
    }
}
