package coffer.access;

import coffer.identity.Principal;
import java.util.List;
import java.util.Optional;

/**
 * Who asks, with what their account lets them do.
 *
 * @param userName of a user, as the account calls him
 * @param policies of the user with those of its groups, or of the role; root users have none and need none
 * @param sessionPolicy of temporary credentials: they may do what it allows and their maker may, not more
 */
public record Requester(
        Principal principal, Optional<String> userName, List<IdentityPolicy> policies, Optional<Policy> sessionPolicy) {
    /** Nobody known. */
    public static final Requester ANONYMOUS = of(new Principal.Anonymous());

    public Requester {
        policies = List.copyOf(policies);
    }

    /** Somebody whose name does not matter. */
    public Requester(Principal principal, List<IdentityPolicy> policies, Optional<Policy> sessionPolicy) {
        this(principal, Optional.empty(), policies, sessionPolicy);
    }

    /** Somebody without policies. */
    public static Requester of(Principal principal) {
        return new Requester(principal, List.of(), Optional.empty());
    }

    /** The same by temporary credentials. */
    public Requester inSession(Policy policy) {
        return new Requester(principal, userName, policies, Optional.of(policy));
    }
}
