package coffer.identity;

/** Who asks for something, as ACLs and policies name them. What they may do stands elsewhere. */
public sealed interface Principal {
    /** Nobody signed the request. */
    record Anonymous() implements Principal {}

    /** The root user of an account, who owns what belongs to it. */
    record Root(Account account) implements Principal {}

    /**
     * A user whom the root user of an account made.
     *
     * @param uin digits; not those of the account
     */
    record User(Account account, String uin) implements Principal {}

    /**
     * Somebody in a role that an account made.
     *
     * @param id digits
     * @param name as policies may name it instead
     */
    record Role(Account account, String id, String name) implements Principal {}

    /**
     * The account it belongs to.
     *
     * @throws IllegalStateException for nobody
     */
    default Account account() {
        return switch (this) {
            case Anonymous _ -> throw new IllegalStateException("nobody has no account");
            case Root root -> root.account;
            case User user -> user.account;
            case Role role -> role.account;
        };
    }

    /** As ACLs and policies write it; {@code anonymous} for nobody. */
    default String qcs() {
        return switch (this) {
            case Anonymous _ -> "anonymous";
            case Root root -> root.account.ownerId();
            case User user -> "qcs::cam::uin/" + user.account.uin() + ":uin/" + user.uin;
            case Role role -> "qcs::cam::uin/" + role.account.uin() + ":roleName/" + role.name;
        };
    }

    /** Whether it belongs to the account with this UIN. */
    default boolean isOf(String ownerUin) {
        return switch (this) {
            case Anonymous anonymous -> false;
            case Root root -> root.account.uin().equals(ownerUin);
            case User user -> user.account.uin().equals(ownerUin);
            case Role role -> role.account.uin().equals(ownerUin);
        };
    }
}
