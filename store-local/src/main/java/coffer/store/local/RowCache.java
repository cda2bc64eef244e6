package coffer.store.local;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Rows read or written lately, as they are stored. Always equal to the index: a row is set after the index has it, and
 * setting waits for whoever is just reading the old one. Thread-safe.
 */
final class RowCache {
    /** What an entry costs beside its bytes, about. */
    private static final int ENTRY_BYTES = 128;

    private final Cache<Key, byte[]> rows;

    RowCache(long maxBytes) {
        rows = Caffeine.newBuilder()
                .maximumWeight(maxBytes)
                .<Key, byte[]>weigher((key, stored) -> ENTRY_BYTES + key.bytes.length + stored.length)
                .executor(Runnable::run)
                .build();
    }

    private record Key(byte[] bytes) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Key(byte[] others) && Arrays.equals(bytes, others);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }
    }

    /** The row if it is here. */
    byte @Nullable [] find(byte[] key) {
        return rows.getIfPresent(new Key(key));
    }

    /** The row, read by {@code reader} unless it is here; null if there is none. */
    @SuppressWarnings("NullAway") // the cache takes null for "not there"
    byte @Nullable [] get(byte[] key, Reader reader) {
        return rows.get(new Key(key), missing -> reader.read(missing.bytes));
    }

    /** Reads a row from the index; null if there is none. */
    @FunctionalInterface
    interface Reader {
        byte @Nullable [] read(byte[] key);
    }

    /** What the index now has; null for a removed row. */
    void set(byte[] key, byte @Nullable [] stored) {
        if (stored == null) {
            rows.invalidate(new Key(key));
        } else {
            rows.put(new Key(key), stored);
        }
    }
}
