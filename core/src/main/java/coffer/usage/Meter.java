package coffer.usage;

import java.util.Comparator;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts what one bucket holds. Thread-safe; a commit costs a few increments that do not contend. */
final class Meter {
    private final String appId;
    private final LongAdder bytes = new LongAdder();
    private final LongAdder objects = new LongAdder();
    private volatile boolean isApproximate;
    private volatile Phase phase = new Phase();
    private volatile @Nullable Recount recount;

    Meter(String appId, Reading start) {
        this.appId = appId;
        add(start.amount());
        this.isApproximate = start.isApproximate();
    }

    /** The commits that began between two moments. */
    static final class Phase {
        private final LongAdder begun = new LongAdder();
        private final LongAdder ended = new LongAdder();

        void end() {
            ended.increment();
        }

        /** Whether all that began have ended. What ended is read first, so that none can slip between. */
        boolean isOver() {
            long over = ended.sum();
            return over == begun.sum();
        }
    }

    String appId() {
        return appId;
    }

    Reading read() {
        return new Reading(new Amount(bytes.sum(), objects.sum()), isApproximate);
    }

    /** To be called before a commit; its end is told to what this returns, after {@link #note}. */
    Phase begin() {
        while (true) {
            Phase now = phase;
            now.begun.increment();
            if (now.equals(phase)) {
                return now;
            }
            now.end();
        }
    }

    /** Begins another phase; returns the one before. */
    Phase turn() {
        Phase before = phase;
        phase = new Phase();
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
        isApproximate = true;
    }

    Recount recount(Comparator<String> order) {
        isApproximate = true;
        Recount begun = new Recount(this, order);
        recount = begun;
        return begun;
    }

    void endRecount(boolean isExact) {
        recount = null;
        isApproximate = !isExact;
    }
}
