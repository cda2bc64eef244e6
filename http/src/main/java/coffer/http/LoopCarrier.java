package coffer.http;

import io.netty.channel.EventLoop;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Carries virtual threads on an event loop, or on another thread while the loop does not come to it.
 *
 * <p>That must be possible: when a lock becomes free, the Java machine wakes one of those that wait for it. If that is a
 * virtual thread of this loop, and the loop itself waits for the same lock behind it, then neither goes on. Any lock within
 * the JDK will do. {@link LoopWatch} finds such loops. Thread-safe.
 */
final class LoopCarrier implements Executor {
    private final EventLoop loop;
    private final LoopWatch watch;
    private final Queue<Runnable> ready = new ConcurrentLinkedQueue<>();
    private final Runnable turn = this::runNext;

    /** How often the loop came to it; changed by the loop alone. */
    private volatile long turns;

    /** What the watch saw when it looked last. */
    private long seenTurns;

    private boolean seenReady;

    LoopCarrier(EventLoop loop, LoopWatch watch) {
        this.loop = loop;
        this.watch = watch;
    }

    @Override
    public void execute(Runnable step) {
        ready.add(step);
        watch.begin();
        try {
            loop.execute(turn);
        } catch (RejectedExecutionException e) {
            if (ready.remove(step)) {
                throw e;
            }
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // by one thread
    private void runNext() {
        turns++;
        Runnable step = ready.poll();
        if (step != null) {
            step.run();
        }
    }

    boolean hasReady() {
        return !ready.isEmpty();
    }

    /** Whether anything has happened since the last look. */
    boolean isBusy() {
        return turns != seenTurns || hasReady();
    }

    /** Whether something has been ready since the last look, and the loop has not come to it. */
    boolean isStuck() {
        long now = turns;
        boolean isReady = hasReady();
        boolean stuck = isReady && seenReady && now == seenTurns;
        seenTurns = now;
        seenReady = isReady;
        return stuck;
    }

    /** Does on this thread what the loop does not come to. */
    void relieve() {
        for (Runnable step = ready.poll(); step != null; step = ready.poll()) {
            step.run();
        }
    }
}
