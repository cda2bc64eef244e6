package coffer.usage;

import java.util.Comparator;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Counts what one bucket holds: what this process has done, exactly, and what others have, as it was read last. Thread-safe; a
 * commit costs a few increments that do not contend.
 */
final class Meter {
    private final LongAdder bytes = new LongAdder();
    private final LongAdder objects = new LongAdder();
    private final LongAdder commits = new LongAdder();

    /** Whether nobody knows since it was last asked if a commit counts. */
    private final AtomicBoolean isDoubted = new AtomicBoolean();

    private volatile Reading others = Reading.NOTHING;
    private volatile boolean isRegistered;
    private volatile Phase phase = new Phase(false);
    private volatile @Nullable Recount recount;

    /** What others have been told of. Used by one thread. */
    private Share published = Share.NONE;

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
        Reading known = others;
        return new Reading(known.amount().plus(own().amount()), known.isApproximate() || isDoubted.get());
    }

    /** What this process has done. */
    Share own() {
        return new Share(new Amount(bytes.sum(), objects.sum()), commits.sum());
    }

    void others(Reading reading) {
        others = reading;
    }

    boolean isRegistered() {
        return isRegistered;
    }

    void registered(boolean is) {
        isRegistered = is;
    }

    Share published() {
        return published;
    }

    void published(Share share) {
        published = share;
    }

    /** What was published is another's from now on. */
    void disown() {
        add(Amount.NONE.minus(published.amount()));
        commits.add(-published.commits());
        published = Share.NONE;
        isRegistered = false;
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
        commits.increment();
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
        isDoubted.set(true);
    }

    /** Whether anybody has said so since this was asked last. */
    boolean takeDoubt() {
        return isDoubted.getAndSet(false);
    }

    Recount recount(Comparator<String> order) {
        Recount begun = new Recount(this, order);
        recount = begun;
        return begun;
    }

    void endRecount() {
        recount = null;
    }
}
