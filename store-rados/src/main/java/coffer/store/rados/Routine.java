package coffer.store.rados;

import coffer.rados.RadosException;
import coffer.store.StoreException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does one thing again and again, on a thread of its own, which does not keep the process from ending. */
final class Routine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Routine.class);

    private final Runnable work;
    private final Duration pause;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** Guarded by the lock. */
    private boolean closed;

    /** Guarded by the lock. */
    private boolean woken;

    /**
     * A routine that is not yet begun.
     *
     * @param name of the thread
     * @param work what fails because of the cluster is tried again next time
     * @param pause between two times, unless it is woken
     */
    Routine(String name, Duration pause, Runnable work) {
        this.work = work;
        this.pause = pause;
        this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Does it soon once more. */
    void wake() {
        lock.lock();
        try {
            woken = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        while (awaitNext()) {
            try {
                work.run();
            } catch (StoreException | RadosException e) {
                LOG.debug("{} did not succeed.", thread.getName(), e);
            } catch (RuntimeException e) {
                LOG.warn("{} failed.", thread.getName(), e);
            }
        }
    }

    private boolean awaitNext() {
        lock.lock();
        try {
            long left = pause.toNanos();
            while (!closed && !woken && left > 0) {
                left = changed.awaitNanos(left);
            }
            woken = false;
            return !closed;
        } catch (InterruptedException e) {
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** Waits up to so long, less if it is to end. */
    void pause(Duration time) {
        lock.lock();
        try {
            long left = time.toNanos();
            while (!closed && left > 0) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Ends it, and waits until what it is about is done. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (!thread.isAlive()) {
            return;
        }
        try {
            boolean _ = thread.join(Duration.ofNanos(TimeUnit.MINUTES.toNanos(1)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
