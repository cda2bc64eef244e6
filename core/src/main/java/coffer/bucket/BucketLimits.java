package coffer.bucket;

import coffer.identity.Account;
import java.util.OptionalInt;

/** How many buckets accounts may have. Thread-safe. */
@FunctionalInterface
public interface BucketLimits {
    /** COS allows an account 200 buckets. Source: COS docs, "Specifications and Limits". */
    BucketLimits USUAL = account -> OptionalInt.of(200);

    /** The most buckets an account may have; empty if there is no such account any longer, or soon will be none. */
    OptionalInt of(Account account);
}
