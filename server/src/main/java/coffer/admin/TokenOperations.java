package coffer.admin;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the admin API does with its own tokens. */
final class TokenOperations {
    private TokenOperations() {}

    /**
     * A token.
     *
     * @param role {@code admin}, {@code read-only} or {@code metrics}
     * @param expires absent if it holds until it is revoked
     */
    record TokenView(String id, String name, String role, Instant created, Optional<Instant> expires) {
        static TokenView of(AdminTokens.Token token) {
            return new TokenView(token.id(), token.name(), token.role().text(), token.created(), token.expires());
        }
    }

    record TokenList(List<TokenView> tokens) {}

    /** @param token not shown again */
    record NewTokenView(String id, String token, String role, Optional<Instant> expires) {
        @Override
        public String toString() {
            return id;
        }
    }

    record CreateToken(String name, String role, Optional<Instant> expires) {}

    static TokenList list(AdminServices services, AdminCall call) {
        return new TokenList(
                services.tokens().list().stream().map(TokenView::of).toList());
    }

    static NewTokenView create(AdminServices services, AdminCall call) {
        CreateToken wanted = call.body(CreateToken.class);
        AdminRole role = AdminRole.of(wanted.role)
                .orElseThrow(() -> AdminException.invalid("The role of a token is admin, read-only or metrics."));
        AdminTokens.NewToken made = services.tokens().create(wanted.name, role, wanted.expires);
        call.audit("id", made.token().id());
        call.audit("role", role.text());
        return new NewTokenView(
                made.token().id(), made.text(), role.text(), made.token().expires());
    }

    static AdminWork.None revoke(AdminServices services, AdminCall call) {
        AdminTokens.Token revoked = services.tokens().revoke(call.path("id"));
        call.audit("name", revoked.name());
        return new AdminWork.None();
    }
}
