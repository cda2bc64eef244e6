package coffer.identity;

/** Who sent a request. */
public sealed interface Caller {
    /** Nobody signed it. */
    record Anonymous() implements Caller {}

    /**
     * A user of an account signed it.
     *
     * @param secretId the key it was signed with
     * @param parts what was signed
     */
    record Signed(Account account, String secretId, SignedParts parts) implements Caller {}
}
