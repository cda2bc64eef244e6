package coffer.sts;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Base64;
import java.util.Optional;

/**
 * Tokens as text: URL-safe base64, without padding, of a {@link SessionToken} sealed by the {@link TokenKey}. Thread-safe.
 *
 * <p>Those opened last are remembered, up to {@link #REMEMBERED_CHARACTERS}.
 */
final class SessionTokens {
    /** Usual ones take some 500. Each must fit into a header, and into the URL of a presigned request. */
    static final int MAX_CHARACTERS = 4 * 1024;

    private static final long REMEMBERED_CHARACTERS = 16L * 1024 * 1024;

    /** What an entry takes beside its texts, in characters, roughly. */
    private static final int ENTRY_CHARACTERS = 500;

    private final TokenKey key;
    private final Cache<String, SessionToken> opened = Caffeine.newBuilder()
            .maximumWeight(REMEMBERED_CHARACTERS)
            .<String, SessionToken>weigher((text, token) -> ENTRY_CHARACTERS
                    + text.length()
                    + token.policy().map(String::length).orElse(0))
            .executor(Runnable::run)
            .build();

    SessionTokens(TokenKey key) {
        this.key = key;
    }

    String seal(SessionToken token) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(key.require().seal(token.toBytes()));
    }

    /** What a token says, expired or not; empty if it was not sealed here. */
    Optional<SessionToken> open(String text) {
        SessionToken known = opened.getIfPresent(text);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<SessionToken> token = decode(text)
                .flatMap(bytes -> key.find().flatMap(found -> found.open(bytes)))
                .map(SessionToken::fromBytes);
        token.ifPresent(present -> opened.put(text, present));
        return token;
    }

    /** One text for one token: bits of the last character that mean nothing must be what they were, too. */
    private static Optional<byte[]> decode(String text) {
        if (text.length() > MAX_CHARACTERS) {
            return Optional.empty();
        }
        try {
            byte[] sealed = Base64.getUrlDecoder().decode(text);
            byte[] again = Base64.getUrlEncoder().withoutPadding().encode(sealed);
            return text.equals(new String(again, ISO_8859_1)) ? Optional.of(sealed) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
