package coffer.http;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds event loops that do not come to the virtual threads they carry, and relieves them. Thread-safe. */
final class LoopWatch implements AutoCloseable {
    private static final long TICK_NANOS = 20_000_000;

    /** After so many ticks without anything to carry it sleeps until there is. */
    private static final int QUIET_TICKS = 50;

    private static final Logger LOG = LoggerFactory.getLogger(LoopWatch.class);

    private final List<LoopCarrier> carriers = new CopyOnWriteArrayList<>();
    private final Thread thread =
            Thread.ofPlatform().name("http-watch").daemon().unstarted(this::watch);
    private volatile boolean watching;
    private volatile boolean over;

    LoopWatch() {
        thread.start();
    }

    void add(LoopCarrier carrier) {
        carriers.add(carrier);
    }

    /** There is something to carry. */
    void begin() {
        if (!watching) {
            watching = true;
            LockSupport.unpark(thread);
        }
    }

    private void watch() {
        while (!over) {
            int quiet = 0;
            while (quiet < QUIET_TICKS && !over) {
                LockSupport.parkNanos(TICK_NANOS);
                quiet = look() ? 0 : quiet + 1;
            }
            watching = false;
            if (carriers.stream().anyMatch(LoopCarrier::hasReady)) {
                watching = true;
            } else if (!over) {
                LockSupport.park(this);
            }
        }
    }

    /** Whether there was anything to carry. */
    private boolean look() {
        boolean busy = false;
        for (LoopCarrier carrier : carriers) {
            busy |= carrier.isBusy();
            if (carrier.isStuck()) {
                LOG.debug("An event loop is relieved of the requests it carries.");
                Thread _ = Thread.ofPlatform().name("http-relief").daemon().start(carrier::relieve);
            }
        }
        return busy;
    }

    @Override
    public void close() {
        over = true;
        LockSupport.unpark(thread);
    }
}
