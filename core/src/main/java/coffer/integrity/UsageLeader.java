package coffer.integrity;

import coffer.bucket.Bucket;
import coffer.usage.Amount;
import coffer.usage.Reading;
import coffer.usage.Usage;
import coffer.usage.UsageRounds;
import coffer.usage.UsageRounds.Beat;
import coffer.usage.UsageRounds.Question;
import coffer.usage.UsageRows;
import coffer.usage.UsageRows.Snapshot;
import coffer.usage.UsageShares;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one process does for all that count: takes over the shares of those that were killed, and counts what is uncertain. Used
 * by one thread.
 *
 * <p>A bucket is counted exactly while this process writes to it. What others write meanwhile shows in the number of their
 * commits: then the count is off by no more than that, stays approximate, and is made again in a while.
 */
final class UsageLeader {
    private static final Logger LOG = LoggerFactory.getLogger(UsageLeader.class);
    private static final long KILLED_AFTER_NANOS = Duration.ofSeconds(30).toNanos();
    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(40);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration COUNTED_AGAIN_AFTER = Duration.ofMinutes(1);

    /** A bucket that others write to all the time is not counted all the time. */
    private static final int PAUSE_FACTOR = 10;

    private final UsageRows rows;
    private final UsageRounds rounds;
    private final UsageShares shares;
    private final Usage usage;
    private final UsageCount count;

    /** What other processes gave as their last sign of life, and when that was new. */
    private final Map<String, Seen> seen = new HashMap<>();

    /** When buckets may be counted again, by space. */
    private final Map<String, Long> notBeforeNanos = new HashMap<>();

    private record Seen(Optional<Beat> beat, long nanos) {}

    UsageLeader(UsageRows rows, UsageRounds rounds, UsageShares shares, Usage usage, UsageCount count) {
        this.rows = rows;
        this.rounds = rounds;
        this.shares = shares;
        this.usage = usage;
        this.count = count;
    }

    /** Takes all other processes for killed ones. */
    void buryAll() {
        Snapshot snapshot = rows.read();
        others().forEach(this::bury);
        foldOrphans(snapshot);
    }

    private void bury(String process) {
        rows.end(process);
        rounds.forget(process);
    }

    /** Takes over from processes that have not given a sign of life for a while, and forgets buckets that are gone. */
    void tidy(Snapshot snapshot, Collection<Bucket> buckets) {
        Map<String, Beat> beats = rounds.beats();
        Set<String> others = others();
        long now = System.nanoTime();
        seen.keySet().retainAll(others);
        for (String process : others) {
            Optional<Beat> beat = Optional.ofNullable(beats.get(process));
            Seen last = seen.get(process);
            if (last == null || !last.beat.equals(beat)) {
                seen.put(process, new Seen(beat, now));
            } else if (now - last.nanos > KILLED_AFTER_NANOS) {
                LOG.info("A server that has written to the store was killed; what it wrote to is counted anew.");
                bury(process);
            }
        }
        foldOrphans(snapshot);
        Set<String> gone = new TreeSet<>(snapshot.spaces());
        gone.removeAll(buckets.stream().map(Bucket::space).collect(Collectors.toSet()));
        rows.remove(snapshot, gone);
        notBeforeNanos.keySet().removeAll(gone);
    }

    private Set<String> others() {
        Set<String> others = new TreeSet<>(rows.processes());
        others.remove(shares.process());
        return others;
    }

    /** Who has begun after the rows were read is not in them; so who is in them and does not run was ended. */
    private void foldOrphans(Snapshot snapshot) {
        Set<String> running = rows.processes();
        snapshot.processes().stream()
                .filter(process -> !running.contains(process))
                .forEach(process -> rows.fold(snapshot, process, true));
    }

    /**
     * Counts those of some buckets that are uncertain.
     *
     * @param isStopped asked now and then
     */
    void countUncertain(Collection<Bucket> buckets, BooleanSupplier isStopped) {
        List<Bucket> uncertain = buckets.stream()
                .filter(bucket -> usage.of(bucket).isApproximate())
                .filter(bucket -> !isTooSoon(bucket))
                .toList();
        for (Bucket bucket : uncertain) {
            if (isStopped.getAsBoolean()) {
                return;
            }
            long begun = System.nanoTime();
            boolean isExact = count(bucket, isStopped);
            if (isExact) {
                LOG.info("Counted what {} holds.", bucket.name());
            } else {
                long now = System.nanoTime();
                notBeforeNanos.put(
                        bucket.space(), now + Math.max(COUNTED_AGAIN_AFTER.toNanos(), PAUSE_FACTOR * (now - begun)));
            }
        }
    }

    private boolean isTooSoon(Bucket bucket) {
        Long nanos = notBeforeNanos.get(bucket.space());
        return nanos != null && System.nanoTime() - nanos < 0;
    }

    private boolean count(Bucket bucket, BooleanSupplier isStopped) {
        String space = bucket.space();
        String process = shares.process();
        Optional<Snapshot> before = settled(space, isStopped);
        if (before.isEmpty()) {
            return false;
        }
        Optional<Amount> counted = count.count(bucket, isStopped);
        if (counted.isEmpty()) {
            return false;
        }
        Optional<Snapshot> after = settled(space, isStopped);
        if (after.isEmpty() || !process.equals(shares.process())) {
            return false;
        }
        // Where a process has ended in between, the reading has changed and is not set.
        boolean isExact = before.get().shares(process, space).commits()
                == after.get().shares(process, space).commits();
        Amount others = after.get().shares(process, space).amount();
        boolean isSet = rows.set(
                space,
                Optional.ofNullable(before.get().readings().get(space)),
                new Reading(counted.get().minus(others), !isExact));
        if (isSet) {
            usage.others(bucket, new Reading(counted.get(), !isExact));
        }
        return isSet && isExact;
    }

    /** What is saved of a bucket, when all other processes have told what they have done so far. */
    private Optional<Snapshot> settled(String space, BooleanSupplier isStopped) {
        Set<String> others = others();
        if (!others.isEmpty()) {
            Question question = rounds.ask(space);
            long until = System.nanoTime() + ANSWERED_WITHIN.toNanos();
            while (!hasAnswered(others, question)) {
                if (isStopped.getAsBoolean() || System.nanoTime() - until > 0) {
                    return Optional.empty();
                }
                LockSupport.parkNanos(this, POLL.toNanos());
                others.retainAll(rows.processes());
            }
        }
        return Optional.of(rows.read(space));
    }

    private boolean hasAnswered(Set<String> others, Question question) {
        Map<String, Beat> beats = rounds.beats();
        return others.stream()
                .allMatch(process -> beats.getOrDefault(process, new Beat(0, 0)).answered() == question.number());
    }
}
