package coffer.bucket;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Arrays;

/** Bucket rows as they were decoded last: every request needs one, and they hardly ever change. Thread-safe. */
final class DecodedBuckets {
    private static final int REMEMBERED = 10_000;

    private final Cache<String, Decoded> byName = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .executor(Runnable::run)
            .build();

    private record Decoded(byte[] stored, Bucket bucket) {}

    /** The bucket that a row holds; the row was just read, so what is remembered is never older than that. */
    Bucket of(String name, byte[] stored) {
        Decoded known = byName.getIfPresent(name);
        if (known != null && Arrays.equals(known.stored, stored)) {
            return known.bucket;
        }
        Bucket bucket = Bucket.fromBytes(stored);
        byName.put(name, new Decoded(stored, bucket));
        return bucket;
    }
}
