package coffer.access;

/**
 * What the {@link Authorizer} is asked.
 *
 * @param action without the prefix {@code name/cos:}
 */
public record AccessRequest(Requester requester, String action, Resource resource, ConditionValues conditions) {}
