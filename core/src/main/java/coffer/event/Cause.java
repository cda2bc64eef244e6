package coffer.event;

import coffer.identity.Caller;
import coffer.identity.Principal;
import java.util.function.Supplier;

/**
 * Who changes objects and by what. Bound while a request is handled or the store works by itself: what is changed then
 * is announced with it.
 *
 * @param act by what
 * @param requester as ACLs name principals; {@code anonymous} for nobody
 * @param remoteAddress of who asked; empty for the store itself
 * @param requestId of the request; empty for the store itself
 */
public record Cause(Act act, String requester, String remoteAddress, String requestId) {
    /** The one that the present thread acts on. */
    public static final ScopedValue<Cause> CURRENT = ScopedValue.newInstance();

    private static final Cause UNKNOWN = new Cause(Act.OTHER, "anonymous", "", "");

    /** What objects are changed by. */
    public enum Act {
        PUT,
        POST,
        COPY,
        COMPLETE_UPLOAD,
        APPEND,
        ORIGIN,
        REPLICATION,
        RESTORE,
        TAG,
        UNTAG,
        SET_ACL,
        LIFECYCLE,
        OTHER
    }

    /** What is done to the versions of a key. */
    public enum Deed {
        /** A version came. */
        CREATED,
        /** A delete marker came. */
        MARKED,
        /** A version or delete marker went for good. */
        REMOVED,
        /** Something else is said of a version. */
        REWRITTEN
    }

    /** The store itself. */
    public static Cause itself(Act act) {
        return new Cause(act, "coffer", "", "");
    }

    /** The same, when it turns out who asked. */
    public Cause by(Caller caller) {
        String other = switch (caller) {
            case Caller.Anonymous _ -> new Principal.Anonymous().qcs();
            case Caller.Signed signed -> signed.principal().qcs();
        };
        return new Cause(act, other, remoteAddress, requestId);
    }

    /** Does something on this account. */
    public <T> T during(Supplier<T> deed) {
        return ScopedValue.where(CURRENT, this).call(deed::get);
    }

    /** The cause of what the present thread does. */
    public static Cause current() {
        return CURRENT.orElse(UNKNOWN);
    }
}
