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
        List<PrincipalPattern> principals,
        List<ActionPattern> actions,
        List<ResourcePattern> resources,
        List<Condition> conditions) {
    /** What it does to that which it matches. */
    enum Effect {
        ALLOW,
        DENY
    }

    Statement {
        principals = List.copyOf(principals);
        actions = List.copyOf(actions);
        resources = List.copyOf(resources);
        conditions = List.copyOf(conditions);
    }

    /**
     * Whether it is about a request.
     *
     * @param action the action of the request, or one that includes it
     */
    boolean matches(AccessRequest request, String action, Audience audience) {
        return namesAction(action)
                && namesResource(request.resource())
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
        return actions.stream().anyMatch(pattern -> pattern.matchesOfServices(action))
                && resources.stream().anyMatch(pattern -> names.stream().anyMatch(pattern::matchesOfServices))
                && conditionsHold(values);
    }

    private boolean namesAction(String action) {
        for (ActionPattern pattern : actions) {
            if (pattern.matches(action)) {
                return true;
            }
        }
        return false;
    }

    private boolean namesResource(Resource resource) {
        for (ResourcePattern pattern : resources) {
            if (pattern.matches(resource)) {
                return true;
            }
        }
        return false;
    }

    private boolean isAbout(AccessRequest request, Audience audience) {
        if (principals.isEmpty()) {
            return true;
        }
        for (PrincipalPattern pattern : principals) {
            boolean counts = audience == Audience.ANY || pattern.kind() == PrincipalPattern.Kind.EVERYBODY;
            if (counts
                    && pattern.includes(
                            request.requester().principal(),
                            request.resource().owner().uin())) {
                return true;
            }
        }
        return false;
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
