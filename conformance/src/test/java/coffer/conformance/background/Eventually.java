package coffer.conformance.background;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Waits for what the server does by itself. */
final class Eventually {
    private static final Duration AT_MOST = Duration.ofSeconds(30);
    private static final Duration BETWEEN = Duration.ofMillis(50);

    private Eventually() {}

    /** Repeats an assertion until it holds. */
    static void holds(ThrowingCallable assertion) {
        long until = System.nanoTime() + AT_MOST.toNanos();
        while (true) {
            try {
                assertion.call();
                return;
            } catch (AssertionError e) {
                if (System.nanoTime() > until) {
                    throw e;
                }
                pause();
            } catch (Throwable e) {
                throw new AssertionError(e);
            }
        }
    }

    private static void pause() {
        try {
            TimeUnit.NANOSECONDS.sleep(BETWEEN.toNanos());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
