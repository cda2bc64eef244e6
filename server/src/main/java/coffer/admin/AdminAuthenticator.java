package coffer.admin;

import coffer.address.AddressParser;
import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.HttpRequest;
import coffer.api.Query;
import coffer.identity.Account;
import coffer.identity.Caller;
import coffer.identity.Principal;
import coffer.signature.CosAuthenticator;
import coffer.signature.FailedAttempts;
import java.util.List;
import java.util.Optional;

/**
 * Finds out who calls the admin API: {@code Authorization: Bearer <token>}, or the COS signature of the root user of the first
 * account. Thread-safe.
 */
final class AdminAuthenticator {
    private static final String BEARER = "Bearer ";
    private static final AddressParser ADDRESSES = new AddressParser(List.of(), List.of());

    private final AdminTokens tokens;
    private final CosAuthenticator signatures;
    private final FailedAttempts attempts;
    private final Account root;

    AdminAuthenticator(AdminTokens tokens, CosAuthenticator signatures, FailedAttempts attempts, Account root) {
        this.tokens = tokens;
        this.signatures = signatures;
        this.attempts = attempts;
        this.root = root;
    }

    /**
     * The caller.
     *
     * @throws AdminException {@code Unauthorized}, {@code SlowDown}
     */
    AdminCaller authenticate(HttpRequest request) {
        Optional<String> header = request.headers().nonEmpty("Authorization");
        if (header.filter(text -> text.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .isPresent()) {
            return byToken(
                    request.remoteAddress(),
                    header.get().substring(BEARER.length()).strip());
        }
        try {
            Query query = Query.parse(AddressParser.rawQuery(request));
            return bySignature(signatures.authenticate(request, ADDRESSES.parse(request), query));
        } catch (CosException e) {
            if (e.error() == CosError.SLOW_DOWN) {
                throw AdminException.slowDown();
            }
            String finding = Optional.ofNullable(e.notes().get("finding"))
                    .map(text -> " " + text)
                    .orElse("");
            throw new AdminException(401, e.error().code(), e.message() + finding);
        }
    }

    private AdminCaller byToken(String address, String token) {
        // By its hash, so that guesses are never counted as failures of a right one.
        String id = "token " + AdminTokens.fingerprint(token);
        if (!attempts.allows(address, id)) {
            throw AdminException.slowDown();
        }
        Optional<AdminCaller> caller = tokens.caller(token);
        if (caller.isEmpty()) {
            attempts.failed(address, id);
            throw AdminException.unauthorized("The token is wrong, expired or revoked.");
        }
        attempts.succeeded(address, id);
        return caller.get();
    }

    private AdminCaller bySignature(Caller caller) {
        return switch (caller) {
            case Caller.Anonymous _ ->
                throw AdminException.unauthorized(
                        "Send Authorization: Bearer <admin token>, or sign the request with a key"
                                + " of the root user of the first account.");
            case Caller.Signed signed -> {
                boolean isRoot = signed.principal().equals(new Principal.Root(root))
                        && signed.sessionPolicy().isEmpty();
                if (!isRoot) {
                    throw AdminException.forbidden(
                            "Only permanent keys of the root user of the first account may sign for the admin API.");
                }
                yield new AdminCaller("key " + signed.secretId(), AdminRole.ADMIN);
            }
        };
    }
}
