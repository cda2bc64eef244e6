package coffer.integrity;

import coffer.bucket.Bucket;
import coffer.bucket.BucketService;
import coffer.cam.Quota;
import coffer.store.Engine;
import coffer.store.StoreException;
import coffer.usage.Usage;
import coffer.usage.UsageRounds;
import coffer.usage.UsageRows;
import coffer.usage.UsageShares;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the usage: reads it at the start, looks at the quotas and tells and hears what processes have done every few seconds,
 * saves it when the server stops, and counts what is not certain if this process leads.
 */
public final class UsageKeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(UsageKeeper.class);

    /** How soon the leader is answered. */
    private static final Duration ANSWERED_EVERY = Duration.ofSeconds(1);

    /** So old may be what is known of other processes, and of quotas. */
    private static final long HEARD_EVERY_NANOS = Duration.ofSeconds(5).toNanos();

    /** Of a store with very many buckets it may be older: it is read for a twentieth of the time at most. */
    private static final int PAUSE_FACTOR = 20;

    /** Where nobody else hears it. */
    private static final long SAVED_EVERY_NANOS = Duration.ofMinutes(1).toNanos();

    private static final Duration LAST_WAIT = Duration.ofSeconds(2);

    private final Engine engine;
    private final BucketService buckets;
    private final Usage usage;
    private final boolean isAlone;
    private final UsageRows rows;
    private final UsageRounds rounds;
    private final UsageShares shares;
    private final UsageLeader leader;
    private final Supplier<Map<String, Quota>> quotas;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread =
            Thread.ofPlatform().name("coffer-usage").daemon().unstarted(this::run);

    private UsageRounds.Beat beat = new UsageRounds.Beat(0, 0);
    private List<Bucket> known = List.of();
    private long hearsNanos = System.nanoTime();
    private long savesNanos = System.nanoTime() + SAVED_EVERY_NANOS;

    private UsageKeeper(
            Engine engine, BucketService buckets, Usage usage, Supplier<Map<String, Quota>> quotas, boolean isAlone) {
        this.engine = engine;
        this.buckets = buckets;
        this.usage = usage;
        this.isAlone = isAlone;
        this.rows = new UsageRows(engine.metadata());
        this.rounds = new UsageRounds(engine.metadata());
        this.shares = new UsageShares(rows, usage, new SecureRandom());
        this.leader = new UsageLeader(rows, rounds, shares, usage, new UsageCount(engine.metadata(), usage));
        this.quotas = quotas;
    }

    /**
     * Starts; what was saved counts when it returns.
     *
     * @param quotas of the accounts that have some, by APPID
     * @param isAlone whether no other process can be working on the store
     */
    public static UsageKeeper start(
            Engine engine, BucketService buckets, Usage usage, Supplier<Map<String, Quota>> quotas, boolean isAlone) {
        UsageKeeper keeper = new UsageKeeper(engine, buckets, usage, quotas, isAlone);
        keeper.load();
        keeper.thread.start();
        return keeper;
    }

    private void load() {
        unlessFull(() -> {
            if (!rows.isTrue()) {
                rows.doubt(buckets.all().stream().map(Bucket::space).toList());
            }
            rows.setTrue();
        });
        shares.begin();
        unlessFull(() -> {
            if (isAlone) {
                leader.buryAll();
            } else {
                giveSign(0);
            }
        });
        unlessFull(this::hear);
    }

    /** A server starts on a full disk, too: else nobody could delete anything. */
    private static void unlessFull(Runnable step) {
        try {
            step.run();
        } catch (StoreException e) {
            if (e.reason() != StoreException.Reason.FULL) {
                throw e;
            }
            LOG.warn("There is no space to keep the usage; it will be counted: {}", e.getMessage());
        }
    }

    private void run() {
        while (!isClosing(Duration.ZERO)) {
            try {
                if (!isAlone) {
                    answer();
                }
                turn();
                if (engine.isLeader()) {
                    leader.countUncertain(known, this::isInterrupted);
                }
            } catch (StoreException e) {
                LOG.warn("The usage could not be kept and will be in a while: {}", e.getMessage());
            } catch (RuntimeException e) {
                LOG.error("The usage could not be kept and will be in a while.", e);
            }
            if (isClosing(ANSWERED_EVERY)) {
                return;
            }
        }
    }

    /** Does what cannot wait while buckets are counted; to answer another leader would disturb the count. */
    private boolean isInterrupted() {
        turn();
        return isClosing(Duration.ZERO) || !engine.isLeader();
    }

    private void turn() {
        if (System.nanoTime() - hearsNanos >= 0) {
            hear();
        }
        if (isAlone && System.nanoTime() - savesNanos >= 0) {
            shares.publish();
            savesNanos = System.nanoTime() + SAVED_EVERY_NANOS;
        }
    }

    private void answer() {
        UsageRounds.Question question = rounds.question();
        boolean isNew = question.number() != beat.answered();
        if (isNew && usage.await(question.space(), LAST_WAIT)) {
            shares.publish();
            giveSign(question.number());
        }
    }

    private void giveSign(long answered) {
        beat = new UsageRounds.Beat(beat.count() + 1, answered);
        rounds.beat(shares.process(), beat);
    }

    private void hear() {
        long begun = System.nanoTime();
        usage.limit(quotas);
        if (!isAlone) {
            shares.publish();
            giveSign(beat.answered());
        }
        // In this order, so that a bucket that is made meanwhile is not taken for one that is gone.
        Set<String> counted = new TreeSet<>(usage.spaces());
        UsageRows.Snapshot snapshot = rows.read();
        known = buckets.all();
        counted.removeAll(known.stream().map(Bucket::space).collect(Collectors.toSet()));
        counted.forEach(usage::forget);
        shares.hear(snapshot, known);
        if (engine.isLeader()) {
            leader.tidy(snapshot, known);
        }
        long now = System.nanoTime();
        hearsNanos = now + Math.max(HEARD_EVERY_NANOS, PAUSE_FACTOR * (now - begun));
    }

    private boolean isClosing(Duration within) {
        try {
            return closing.await(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Saves what is held. Nothing can be written any more. */
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join();
            if (usage.stop(LAST_WAIT)) {
                shares.close();
                rounds.forget(shares.process());
            } else {
                LOG.warn("Writes were still under way; what is held will be counted.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (StoreException e) {
            LOG.warn("The usage was not saved; it will be counted: {}", e.getMessage());
        }
    }
}
