package coffer.store.rados;

import coffer.rados.Pool;
import coffer.rados.RadosException;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which of the engines does what the store does by itself: the one that has a lock, for as long as it renews it. */
final class Leadership implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);

    private static final String OBJECT = "leader";
    private static final String LOCK = "leader";

    private final Pool pool;
    private final EngineTimes times;
    private final String cookie = UUID.randomUUID().toString();
    private final Routine routine;

    /** Until when this engine may believe to lead, of {@link System#nanoTime}. */
    private volatile long leadsUntil = System.nanoTime();

    Leadership(Pool pool, EngineTimes times) {
        this.pool = pool;
        this.times = times;
        this.routine = new Routine("coffer-rados-leadership", times.leaseRenewal(), this::lock);
    }

    /** Tries at once, so that the only engine leads when it is open. */
    void start() {
        try {
            lock();
        } catch (RadosException e) {
            LOG.debug("Nobody can say yet who leads.", e);
        }
        routine.start();
    }

    private void lock() {
        // The lease begins later than this.
        long now = System.nanoTime();
        boolean led = isLeader();
        if (pool.lock(OBJECT, LOCK, cookie, times.lease())) {
            leadsUntil = now + times.trust().toNanos();
            if (!led) {
                LOG.info("This server leads now.");
            }
        } else {
            leadsUntil = now;
        }
    }

    boolean isLeader() {
        return leadsUntil - System.nanoTime() > 0;
    }

    /** Lets another lead. */
    @Override
    public void close() {
        routine.close();
        leadsUntil = System.nanoTime();
        try {
            pool.unlock(OBJECT, LOCK, cookie);
        } catch (RadosException e) {
            LOG.debug("The lock of the leader is left to end by itself.", e);
        }
    }
}
