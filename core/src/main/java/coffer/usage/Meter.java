package coffer.usage;

import java.util.Comparator;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Counts what one bucket holds. Thread-safe; a commit costs a few increments that do not contend. */
final class Meter {
    private final LongAdder bytes = new LongAdder();
    private final LongAdder objects = new LongAdder();

    /** How often nobody knew whether the count is right, and of these how many a recount has settled. */
    private final AtomicLong doubts = new AtomicLong();

    private volatile long settled;
    private volatile Phase phase = new Phase(false);
    private volatile @Nullable Recount recount;

    Meter(Reading start) {
        add(start.amount());
        this.doubts.set(start.isApproximate() ? 1 : 0);
    }

    /** The commits that began between two moments; none begin while it is barred. */
    static final class Phase {
        private final LongAdder begun = new LongAdder();
        private final LongAdder ended = new LongAdder();
        private final boolean isBarred;

        Phase(boolean isBarred) {
            this.isBarred = isBarred;
        }

        void end() {
            ended.increment();
        }

        /** Whether all that began have ended. What ended is read first, so that none can slip between. */
        boolean isOver() {
            long over = ended.sum();
            return over == begun.sum();
        }
    }

    Reading read() {
        return new Reading(new Amount(bytes.sum(), objects.sum()), doubts.get() != settled);
    }

    /** To be called before a commit; its end is told to what this returns, after {@link #note}. */
    Phase begin() {
        while (true) {
            Phase now = phase;
            now.begun.increment();
            if (now.equals(phase) && !now.isBarred) {
                return now;
            }
            now.end();
            if (now.isBarred) {
                LockSupport.parkNanos(Recount.POLL.toNanos());
            }
        }
    }

    /**
     * Begins another phase.
     *
     * @param isBarred whether commits have to wait for the next one
     * @return the one before
     */
    Phase turn(boolean isBarred) {
        Phase before = phase;
        phase = new Phase(isBarred);
        return before;
    }

    /** Counts what a commit did. */
    void note(String key, Amount amount) {
        Recount counting = recount;
        if (counting == null) {
            add(amount);
        } else {
            counting.note(key, amount);
        }
    }

    void add(Amount amount) {
        bytes.add(amount.bytes());
        objects.add(amount.objects());
    }

    /** Says that nobody knows whether a commit counts. */
    void doubt() {
        doubts.incrementAndGet();
    }

    Recount recount(Comparator<String> order) {
        Recount begun = new Recount(this, order, doubts.incrementAndGet());
        recount = begun;
        return begun;
    }

    /**
     * Ends a recount.
     *
     * @param doubts up to which all are settled
     */
    void endRecount(long doubts) {
        recount = null;
        settled = doubts;
    }

    void abandonRecount() {
        recount = null;
    }
}
