package coffer.housekeeping;

import coffer.background.Next;
import coffer.background.Shift;
import coffer.background.Worker;
import coffer.bucket.BucketService;
import coffer.cam.Accounts;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Finishes what processes leave that are killed while they delete a bucket or an account. Nobody knows which of them still
 * run, so what does not get on for a while counts as left; should it go on after all, it fails, and nothing is lost.
 */
public final class RecoveryWorker implements Worker {
    private static final Duration LOOKS_EVERY = Duration.ofSeconds(10);

    /** By the clock of the machine: that of the server may be moved by months. */
    private static final long LEFT_AFTER_NANOS = Duration.ofSeconds(30).toNanos();

    private final BucketService buckets;
    private final Accounts accounts;
    private final InstantSource clock;

    /** What was not finished when it was looked at, as it was, and since when. */
    private final Map<Object, Long> seenNanos = new HashMap<>();

    private final AtomicLong finished = new AtomicLong();

    public RecoveryWorker(BucketService buckets, Accounts accounts, InstantSource clock) {
        this.buckets = buckets;
        this.accounts = accounts;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "recovery";
    }

    @Override
    public long unitsPerSecond() {
        return 1;
    }

    @Override
    public boolean isSeenByClients() {
        return false;
    }

    @Override
    public Map<String, Long> figures() {
        return Map.of("finished", finished.get());
    }

    @Override
    public void begin() {
        seenNanos.clear();
    }

    @Override
    public Next work(Shift shift) {
        Set<Object> unfinished = new HashSet<>();
        buckets.unfinished().forEach(one -> {
            unfinished.add(one);
            finish(one, () -> buckets.finish(one));
        });
        accounts.closing().forEach(account -> {
            unfinished.add(account);
            finish(account, () -> accounts.callOff(account));
        });
        seenNanos.keySet().retainAll(unfinished);
        return new Next.At(clock.instant().plus(LOOKS_EVERY));
    }

    private void finish(Object one, Runnable how) {
        long now = System.nanoTime();
        if (now - seenNanos.computeIfAbsent(one, _ -> now) > LEFT_AFTER_NANOS) {
            how.run();
            finished.incrementAndGet();
        }
    }
}
