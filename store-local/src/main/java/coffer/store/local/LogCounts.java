package coffer.store.local;

import java.util.concurrent.atomic.LongAdder;

/** Counts what is written to the log, by one thread at a time; read by any. */
final class LogCounts {
    private final LongAdder syncs = new LongAdder();
    private final LongAdder syncNanos = new LongAdder();
    private final LongAdder commits = new LongAdder();
    private volatile long usualNanos;

    /** A group of commits was written and synced. */
    void wrote(int group, long nanos) {
        commits.add(group);
        syncNanos.add(nanos);
        syncs.increment();
        long usual = usualNanos;
        usualNanos = usual + (nanos - usual) / 8;
    }

    /** How long groups took lately. */
    long usualNanos() {
        return usualNanos;
    }

    long syncs() {
        return syncs.sum();
    }

    double syncSeconds() {
        return syncNanos.sum() / 1e9;
    }

    long commits() {
        return commits.sum();
    }
}
