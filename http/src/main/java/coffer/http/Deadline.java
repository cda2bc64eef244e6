package coffer.http;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One timer that is moved far more often than it fires: putting it off costs no scheduling. For use on its event loop.
 */
final class Deadline {
    private final EventExecutor loop;
    private final Runnable action;
    private @Nullable Future<?> timer;
    private long timerAt;
    private long at;
    private boolean armed;

    Deadline(EventExecutor loop, Runnable action) {
        this.loop = loop;
        this.action = action;
    }

    /** Runs the action in this many nanoseconds, and not when it was to run before. */
    void in(long nanos) {
        at = loop.ticker().nanoTime() + nanos;
        armed = true;
        if (timer == null) {
            schedule(nanos);
        } else if (at - timerAt < 0) {
            timer.cancel(false);
            schedule(nanos);
        }
    }

    /** Runs it no more. */
    void stop() {
        armed = false;
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void schedule(long nanos) {
        timerAt = at;
        timer = loop.schedule(this::fire, nanos, TimeUnit.NANOSECONDS);
    }

    private void fire() {
        timer = null;
        long left = at - loop.ticker().nanoTime();
        if (armed && left > 0) {
            schedule(left);
        } else if (armed) {
            armed = false;
            action.run();
        }
    }
}
