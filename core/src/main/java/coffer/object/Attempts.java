package coffer.object;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.store.StoreException;
import java.util.Optional;
import java.util.function.Supplier;

/** Changes of a key that are tried until nobody comes between what was read and the commit. */
final class Attempts {
    /** So many attempts that lose in a row mean overload. */
    private static final int MOST = 1000;

    private Attempts() {}

    /**
     * Tries a change again and again.
     *
     * @param attempt empty if something else was faster; {@link #gone} counts as that
     * @throws CosException {@code PathConflict}
     */
    static <T> T repeat(Supplier<Optional<T>> attempt) {
        for (int i = 0; i < MOST; i++) {
            try {
                Optional<T> done = attempt.get();
                if (done.isPresent()) {
                    return done.get();
                }
            } catch (StoreException e) {
                if (e.reason() != StoreException.Reason.GONE) {
                    throw e;
                }
                // what was found was replaced while its bytes were read
            }
        }
        throw CosError.PATH_CONFLICT.exception();
    }

    /** Says that what was found has just been replaced. */
    static StoreException gone(String what) {
        return new StoreException(StoreException.Reason.GONE, what);
    }
}
