package coffer.identity;

import java.util.Optional;

/** Knows the roles of accounts. Thread-safe. */
@FunctionalInterface
public interface RoleFinder {
    /** Where there are none. */
    RoleFinder NONE = (account, name) -> Optional.empty();

    /**
     * A role.
     *
     * @param name or id
     */
    Optional<Principal.Role> find(Account account, String name);
}
