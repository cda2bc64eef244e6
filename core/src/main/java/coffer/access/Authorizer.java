package coffer.access;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.identity.Caller;

/** Decides whether a caller may do something. Until there are ACLs and policies the owner may, and nobody else. */
public final class Authorizer {
    private Authorizer() {}

    /**
     * Lets the account pass that owns what is asked for.
     *
     * @throws CosException {@code AccessDenied}
     */
    public static void requireOwner(Caller caller, String ownerAppId) {
        boolean owner = switch (caller) {
            case Caller.Signed signed -> signed.account().appId().equals(ownerAppId);
            case Caller.Anonymous anonymous -> false;
        };
        if (!owner) {
            throw CosError.ACCESS_DENIED.exception();
        }
    }
}
