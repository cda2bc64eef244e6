package coffer.encryption;

import coffer.api.Headers;
import java.util.List;
import java.util.Optional;

/**
 * The key of one object or upload, at hand.
 *
 * @param encryption what its row holds
 * @param cipher what its bytes pass
 * @param given the customer's key the request brought
 */
public record ContentKey(Encryption encryption, ContentCipher cipher, Optional<CustomerKey> given) {
    /** Of what is not encrypted. */
    public static final ContentKey NONE = new ContentKey(new Encryption.None(), ContentCipher.none(), Optional.empty());

    /** What an answer says of it. */
    public List<Headers.Header> answered() {
        return EncryptionHeaders.answered(encryption, given);
    }
}
