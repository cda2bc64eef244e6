package coffer.usage;

import coffer.api.CosError;
import coffer.bucket.Bucket;
import coffer.store.StoreException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/** What this process tells others of what it has done to buckets, and hears of them. Used by one thread. */
public final class UsageShares {
    private final UsageRows rows;
    private final Usage usage;
    private final RandomGenerator random;
    private volatile String process = "";

    /** Whether others know of this process; not if it began on a full disk. */
    private volatile boolean isKnown;

    /** @param random makes the names of processes */
    public UsageShares(UsageRows rows, Usage usage, RandomGenerator random) {
        this.rows = rows;
        this.usage = usage;
        this.random = random;
    }

    /** Begins; from now on nothing is written to a bucket that others do not know this process writes to. */
    public void begin() {
        String name = HexFormat.of().toHexDigits(random.nextLong());
        try {
            rows.begin(name);
            isKnown = true;
        } catch (StoreException e) {
            requireFull(e);
            isKnown = false;
        }
        process = name;
        usage.onFirst(this::register);
    }

    /** What frees space must be possible: it is not known any more what it changes, so that the next start counts anew. */
    private void requireFull(StoreException e) {
        if (e.reason() != StoreException.Reason.FULL) {
            throw e;
        }
        rows.forget();
    }

    private void register(String space) {
        if (!isKnown) {
            return; // the next start counts everything
        }
        boolean registered;
        try {
            registered = rows.register(process, space);
        } catch (StoreException e) {
            requireFull(e);
            registered = true;
        }
        if (!registered) {
            throw CosError.SERVICE_UNAVAILABLE.because("The server was away for a while; try again.");
        }
    }

    /** The name of this process; another one after it was taken for a killed one. */
    public String process() {
        return process;
    }

    /** Tells what others do not know yet. */
    public void publish() {
        Set<String> doubts = usage.takeDoubts();
        try {
            rows.doubt(doubts);
        } catch (StoreException e) {
            usage.doubt(doubts);
            throw e;
        }
        Map<String, Share> shares = usage.unpublished();
        if (rows.publish(process, shares) && rows.processes().contains(process)) {
            usage.published(shares);
        } else {
            begin();
            usage.disown();
        }
    }

    /** Hears what others have told. */
    public void hear(UsageRows.Snapshot snapshot, Collection<Bucket> buckets) {
        buckets.forEach(bucket -> usage.others(bucket, snapshot.without(process, bucket.space())));
    }

    /** Tells all for the last time: no commit comes any more. */
    public void close() {
        publish();
        rows.fold(rows.read(), process, false);
        rows.end(process);
    }
}
