package coffer.identity;

import java.util.Optional;

/** Who sent a request. */
public sealed interface Caller {
    /** Nobody signed it. */
    record Anonymous() implements Caller {}

    /**
     * Somebody of an account signed it.
     *
     * @param secretId the key it was signed with
     * @param sessionPolicy see {@link AccessKey}
     * @param parts what was signed
     */
    record Signed(Principal principal, String secretId, Optional<String> sessionPolicy, SignedParts parts)
            implements Caller {
        /** Somebody who signed with a key. */
        public static Signed with(AccessKey key, SignedParts parts) {
            return new Signed(key.principal(), key.secretId(), key.sessionPolicy(), parts);
        }

        public Account account() {
            return principal.account();
        }
    }
}
