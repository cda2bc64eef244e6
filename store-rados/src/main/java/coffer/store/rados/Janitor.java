package coffer.store.rados;

/**
 * Cleans up: behind this engine, and if it leads, behind all. Sweeping waits for readers, so it must not be in the way of
 * declaring those dead that do not answer.
 */
final class Janitor implements AutoCloseable {
    private final Leadership leadership;
    private final Heartbeat heartbeat;
    private final EngineTimes times;
    private final Orphans orphans;
    private final Sweep sweep;
    private final Routine looking;
    private final Routine sweeping;

    /** Whether it led when it looked last whether to sweep; used by that thread alone, as is what follows. */
    private boolean led;

    private long lastSweep;

    Janitor(Leadership leadership, Heartbeat heartbeat, EngineTimes times, Orphans orphans, Sweep sweep) {
        this.leadership = leadership;
        this.heartbeat = heartbeat;
        this.times = times;
        this.orphans = orphans;
        this.sweep = sweep;
        this.looking = new Routine("coffer-rados-orphans", times.look(), this::look);
        this.sweeping = new Routine("coffer-rados-sweep", times.look(), this::sweepIfDue);
    }

    void start() {
        looking.start();
        sweeping.start();
    }

    private void look() {
        orphans.settleOwn(heartbeat);
        if (leadership.isLeader()) {
            orphans.look();
        }
    }

    private void sweepIfDue() {
        boolean leads = leadership.isLeader();
        boolean begins = leads && !led;
        led = leads;
        long now = System.nanoTime();
        if (leads && (begins || now - lastSweep > times.sweep().toNanos())) {
            lastSweep = now;
            sweep.run();
        }
    }

    @Override
    public void close() {
        looking.close();
        sweeping.close();
    }
}
