package coffer.operation;

import coffer.access.Requesters;
import coffer.bucket.BucketLimits;
import coffer.identity.Keyring;
import coffer.identity.RoleFinder;
import coffer.signature.FailedAttempts;
import java.time.InstantSource;

/**
 * What is known of those who call.
 *
 * @param keys what they sign with
 * @param requesters what they may do
 * @param limits how many buckets they may have
 * @param attempts how often they signed with wrong keys
 * @param roles that their accounts have
 */
public record Callers(
        Keyring keys, Requesters requesters, BucketLimits limits, FailedAttempts attempts, RoleFinder roles) {
    /** Root users with the usual limits. */
    public static Callers roots(Keyring keys, InstantSource clock) {
        return new Callers(keys, Requesters.ROOTS, BucketLimits.USUAL, new FailedAttempts(clock), RoleFinder.NONE);
    }
}
