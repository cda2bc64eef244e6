package coffer.access;

/**
 * A policy that a user, one of the user's groups or a role has.
 *
 * @param name as its account calls it
 */
public record IdentityPolicy(String name, Policy policy) {}
