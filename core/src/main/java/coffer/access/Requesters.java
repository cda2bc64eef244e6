package coffer.access;

import coffer.identity.Caller;

/** Knows what the accounts of callers let them do. Thread-safe. */
@FunctionalInterface
public interface Requesters {
    /** Where every caller is the root user of an account. */
    Requesters ROOTS = caller -> {
        Requester requester = Requester.of(caller.principal());
        return caller.sessionPolicy()
                .map(policy -> requester.inSession(Policy.storedOfIdentity(policy)))
                .orElse(requester);
    };

    /** The caller with his policies as they are now. */
    Requester of(Caller.Signed caller);
}
