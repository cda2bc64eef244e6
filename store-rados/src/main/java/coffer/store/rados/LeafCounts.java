package coffer.store.rados;

import java.util.concurrent.atomic.LongAdder;

/** Counts what was written to leaves since the start. Thread-safe. */
final class LeafCounts {
    private final LongAdder commits = new LongAdder();
    private final LongAdder operations = new LongAdder();
    private final LongAdder conflicts = new LongAdder();
    private final LongAdder nanos = new LongAdder();
    private final LongAdder splits = new LongAdder();

    /**
     * One operation was answered.
     *
     * @param done commits that it made
     * @param tookNanos from its sending to its answer
     */
    void wrote(int done, long tookNanos) {
        operations.increment();
        commits.add(done);
        nanos.add(tookNanos);
    }

    /** An operation met what others had changed. */
    void conflicted() {
        conflicts.increment();
    }

    /** A range was split here. */
    void split() {
        splits.increment();
    }

    long commits() {
        return commits.sum();
    }

    long operations() {
        return operations.sum();
    }

    long conflicts() {
        return conflicts.sum();
    }

    double seconds() {
        return nanos.sum() / 1e9;
    }

    long splits() {
        return splits.sum();
    }
}
