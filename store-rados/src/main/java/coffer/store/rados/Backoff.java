package coffer.store.rados;

import coffer.store.StoreException;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** Waits before something is tried again, longer each time, and not for ever. Not thread-safe. */
final class Backoff {
    private static final long FIRST_MICROS = 500;
    private static final long LONGEST_MICROS = 100_000;
    private static final int MOST = 200;

    private final String what;
    private final RandomGenerator random;
    private int count;

    /** @param what is tried, for the sentence that says that it was in vain */
    Backoff(String what, RandomGenerator random) {
        this.what = what;
        this.random = random;
    }

    /** Whether it has been tried for about a second. */
    boolean isLong() {
        return count > 16;
    }

    /**
     * Waits.
     *
     * @throws StoreException {@code UNAVAILABLE} if it has been tried for some 15 seconds
     */
    void pause() {
        if (count++ >= MOST) {
            throw new StoreException(
                    StoreException.Reason.UNAVAILABLE, what + " does not succeed; nothing was changed");
        }
        if (count == 1) {
            return; // what was remembered was old; what is read next may be right
        }
        long most = Math.min(LONGEST_MICROS, FIRST_MICROS << Math.min(count, 10));
        try {
            Thread.sleep(Duration.ofNanos(random.nextLong(most / 2, most) * 1000));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException(StoreException.Reason.UNAVAILABLE, what + " was interrupted", e);
        }
    }
}
