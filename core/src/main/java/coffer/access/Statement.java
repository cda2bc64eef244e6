package coffer.access;

import java.util.List;
import java.util.Optional;

/**
 * One statement of a policy, ready to be compared.
 *
 * @param index where it stands, from 0
 * @param sid what its author called it
 * @param principals whom it is about; empty in the policy of a user or session, which is about whom it belongs to
 */
record Statement(
        int index,
        Optional<String> sid,
        Effect effect,
        Optional<Listed<PolicyTerms.Principals>> principals,
        Listed<PolicyTerms.Actions> actions,
        Listed<PolicyTerms.Resources> resources,
        List<Condition> conditions) {
    /** What it does to that which it matches. */
    enum Effect {
        ALLOW,
        DENY
    }

    Statement {
        conditions = List.copyOf(conditions);
    }

    /**
     * Whether it is about a request.
     *
     * @param action the action of the request, or one that includes it
     */
    boolean matches(AccessRequest request, String action, Audience audience) {
        return actions.names(pattern -> pattern.match(action, request.conditions()))
                && resources.names(pattern -> pattern.match(request.resource()))
                && isAbout(request, audience)
                && conditionsHold(request.conditions());
    }

    /**
     * Whether it is about a request to another service.
     *
     * @param action with the name of the service
     * @param names of the resource, all meaning the same
     */
    boolean matchesOfServices(String action, List<String> names, ConditionValues values) {
        return actions.names(pattern -> pattern.matchOfServices(action))
                && resources.names(pattern -> names.stream().anyMatch(pattern::matchOfServices))
                && conditionsHold(values);
    }

    /** Whether it allows something to everybody, wherever they come from. Source: S3 docs, "The meaning of public". */
    boolean isPublic() {
        return effect == Effect.ALLOW
                && principals
                        .filter(listed -> listed.isInverted()
                                || listed.patterns().stream().anyMatch(PolicyTerms.Principals::isEverybody))
                        .isPresent()
                && conditions.stream().noneMatch(Condition::narrows);
    }

    private boolean isAbout(AccessRequest request, Audience audience) {
        String owner = request.resource().owner().uin();
        return principals
                .map(listed -> listed.names(pattern -> (audience == Audience.ANY || pattern.isEverybody())
                        && pattern.include(request.requester(), owner)))
                .orElse(true);
    }

    private boolean conditionsHold(ConditionValues values) {
        for (Condition condition : conditions) {
            if (!condition.holds(values)) {
                return false;
            }
        }
        return true;
    }
}
