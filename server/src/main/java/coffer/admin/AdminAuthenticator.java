package coffer.admin;

import coffer.access.ConditionValues;
import coffer.access.IdentityPolicy;
import coffer.access.Policy;
import coffer.access.ServiceAuthorizer;
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
 * account; a temporary key of his needs a policy that names this API. Thread-safe.
 */
final class AdminAuthenticator {
    private static final String BEARER = "Bearer ";
    /** What the policy of a temporary key has to allow by its name. */
    private static final String ACTION = "coffer:Administer";

    /** Of a service that no policy can name. */
    private static final String NO_ACTION = "-:Administer";

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

    /**
     * Whether a temporary key was made for this API, too. An action that only stands for everything does not count: who
     * hands out keys for all that is stored did not mean the accounts.
     */
    private static boolean namesAdministration(String policy) {
        List<IdentityPolicy> session = List.of(new IdentityPolicy("session", Policy.storedOfIdentity(policy)));
        return allows(session, ACTION) && !allows(session, NO_ACTION);
    }

    private static boolean allows(List<IdentityPolicy> session, String action) {
        return ServiceAuthorizer.decide(session, action, List.of("*"), ConditionValues.NONE)
                .isAllowed();
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
                boolean mayCall = signed.principal().equals(new Principal.Root(root))
                        && signed.sessionPolicy()
                                .map(AdminAuthenticator::namesAdministration)
                                .orElse(true);
                if (!mayCall) {
                    throw AdminException.forbidden("Only keys of the root user of the first account may sign for the"
                            + " admin API, temporary ones if their policy allows name/" + ACTION + " on *.");
                }
                yield new AdminCaller("key " + signed.secretId(), AdminRole.ADMIN);
            }
        };
    }
}
