package coffer.access;

import coffer.access.Reason.PolicyKind;
import coffer.access.Reason.PolicyName;
import coffer.access.Statement.Effect;
import java.util.List;
import java.util.Optional;

/**
 * Decides whether a user may do something that is not of COS: there are no policies but the user's own. What is denied
 * is denied, a policy that cannot be read denies everything; then what is allowed is allowed.
 */
public final class ServiceAuthorizer {
    private ServiceAuthorizer() {}

    /**
     * Decides.
     *
     * @param policies of the user and the user's groups
     * @param action with the name of the service, {@code sts:AssumeRole}
     * @param names of the resource, whole, all meaning the same
     */
    public static Decision decide(
            List<IdentityPolicy> policies, String action, List<String> names, ConditionValues values) {
        for (IdentityPolicy own : policies) {
            PolicyName name = new PolicyName(PolicyKind.IDENTITY, own.name());
            if (own.policy().trouble().isPresent()) {
                return new Decision.Denied(new Reason.Unreadable(name));
            }
            Optional<Reason> denial = find(own, Effect.DENY, action, names, values);
            if (denial.isPresent()) {
                return new Decision.Denied(denial.get());
            }
        }
        return policies.stream()
                .flatMap(own -> find(own, Effect.ALLOW, action, names, values).stream())
                .findFirst()
                .<Decision>map(Decision.Allowed::new)
                .orElseGet(() -> new Decision.Denied(new Reason.NothingAllows()));
    }

    private static Optional<Reason> find(
            IdentityPolicy own, Effect effect, String action, List<String> names, ConditionValues values) {
        return own.policy()
                .findOfServices(effect, action, names, values)
                .map(statement -> new Reason.ByStatement(
                        new PolicyName(PolicyKind.IDENTITY, own.name()), statement.index(), statement.sid()));
    }
}
