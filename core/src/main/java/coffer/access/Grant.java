package coffer.access;

/** One line of an ACL: somebody may do something. */
public record Grant(Grantee grantee, Permission permission) {
    @Override
    public String toString() {
        return permission + " for " + grantee.id();
    }
}
