package coffer.signature;

import coffer.identity.Caller;

/**
 * What the signed policy of a form allows.
 *
 * @param caller who signed it; anonymous if nobody did
 * @param minBytes the file must have at least so many
 * @param maxBytes and at most so many
 */
public record FormGrant(Caller caller, long minBytes, long maxBytes) {
    /** Of a form that is not signed. */
    public static final FormGrant ANONYMOUS = new FormGrant(new Caller.Anonymous(), 0, Long.MAX_VALUE);
}
