package coffer.pull;

import coffer.api.CosException;
import coffer.background.Next;
import coffer.background.Shift;
import coffer.background.Worker;
import coffer.bucket.Bucket;
import coffer.bucket.BucketService;
import coffer.bucket.BucketSettings;
import coffer.bucket.Settings;
import coffer.event.Cause;
import coffer.object.ObjectService;
import coffer.origin.OriginRule;
import coffer.origin.OriginType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches what clients were sent to origins for. What cannot be had is forgotten: who asks for it again is sent there again,
 * and it is tried again.
 */
final class PullWorker implements Worker {
    private static final Logger LOG = LoggerFactory.getLogger(PullWorker.class);
    private static final long OBJECTS_PER_SECOND = 1000;
    private static final int AT_ONCE = 8;

    /** Of one bucket; beyond them clients are sent to the origin, and nothing is fetched. */
    private static final int MOST_WAITING = 10_000;

    /** So many may come before they are counted anew. */
    private static final int COUNTED_EVERY = 1000;

    /** It is woken when there is something to do, but for what was known to a process alone that was killed. */
    private static final Duration LOOKS_EVERY = Duration.ofMinutes(5);

    /** Longer than a fetch may take. */
    private static final Duration WAIT = Duration.ofHours(2);

    private final PullRows rows;
    private final BucketService buckets;
    private final BucketSettings settings;
    private final ObjectService objects;
    private final Pulls pulls;
    private final InstantSource clock;
    private final Set<String> changed = ConcurrentHashMap.newKeySet();
    private final Map<String, Backlog> backlogs = new ConcurrentHashMap<>();
    private volatile Runnable wake = () -> {};
    private Instant looksEverywhere = Instant.MIN;

    /** How many of a bucket waited when they were counted, and how many this process has added since. */
    private record Backlog(int counted, int added) {}

    PullWorker(
            PullRows rows,
            BucketService buckets,
            BucketSettings settings,
            ObjectService objects,
            Pulls pulls,
            InstantSource clock) {
        this.rows = rows;
        this.buckets = buckets;
        this.settings = settings;
        this.objects = objects;
        this.pulls = pulls;
        this.clock = clock;
    }

    /** Has an object fetched in a while; forgotten if too many of its bucket are waited for. */
    void want(Bucket bucket, String key, Ask ask) {
        if (!rows.has(bucket, key) && hasRoom(bucket)) {
            rows.put(bucket, key, ask);
            changed.add(bucket.name());
            wake.run();
        }
    }

    /** Which are done is known to the process that does them, so they are counted now and then; others may add some meanwhile. */
    private boolean hasRoom(Bucket bucket) {
        Backlog known = backlogs.get(bucket.space());
        Backlog next = known == null || known.added >= COUNTED_EVERY
                ? new Backlog(rows.first(bucket, MOST_WAITING).size(), 1)
                : new Backlog(known.counted, known.added + 1);
        backlogs.put(bucket.space(), next);
        return next.counted + next.added <= MOST_WAITING;
    }

    @Override
    public String name() {
        return "origin";
    }

    @Override
    public long unitsPerSecond() {
        return OBJECTS_PER_SECOND;
    }

    @Override
    public void onStart(Runnable waker) {
        wake = waker;
    }

    @Override
    public void begin() {
        looksEverywhere = Instant.MIN;
    }

    @Override
    public Set<String> errands() {
        Set<String> names = Set.copyOf(changed);
        changed.removeAll(names);
        return names;
    }

    @Override
    public void take(Set<String> errands) {
        changed.addAll(errands);
        wake.run();
    }

    @Override
    public boolean isSeenByClients() {
        return true;
    }

    @Override
    public Map<String, Long> figures() {
        Map<String, Long> figures = new LinkedHashMap<>();
        figures.put("stored", pulls.stored());
        figures.put("missing", pulls.missing());
        figures.put("failed", pulls.failed());
        return figures;
    }

    @Override
    public Next work(Shift shift) {
        for (Bucket bucket : looked()) {
            List<PullRows.Wanted> some = rows.first(bucket, AT_ONCE);
            while (!some.isEmpty() && !shift.isOver()) {
                fetch(bucket, some);
                shift.pace(some.size());
                some = rows.first(bucket, AT_ONCE);
            }
            if (!some.isEmpty()) {
                changed.add(bucket.name());
            }
        }
        return new Next.At(looksEverywhere);
    }

    /** What processes left that are no more is found by looking everywhere now and then. */
    private List<Bucket> looked() {
        Set<String> names = errands();
        Instant now = clock.instant();
        if (!now.isBefore(looksEverywhere)) {
            looksEverywhere = now.plus(LOOKS_EVERY);
            backlogs.clear();
            return buckets.all();
        }
        return names.stream().flatMap(name -> buckets.find(name).stream()).toList();
    }

    private void fetch(Bucket bucket, List<PullRows.Wanted> some) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> keys = some.stream()
                    .<Future<?>>map(wanted -> threads.submit(() -> fetch(bucket, wanted)))
                    .toList();
            for (Future<?> key : keys) {
                key.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e);
        }
    }

    private void fetch(Bucket bucket, PullRows.Wanted wanted) {
        Optional<OriginRule> rule = settings.find(bucket, Settings.ORIGIN)
                .flatMap(rules -> rules.find(OriginPull.NOT_FOUND, wanted.key()))
                .filter(found -> found.type() != OriginType.REDIRECT);
        if (rule.isPresent() && objects.find(bucket, wanted.key()).isEmpty()) {
            try {
                pulls.pull(bucket, wanted.key(), rule.get(), wanted.ask(), Cause.itself(Cause.Act.ORIGIN), WAIT);
            } catch (CosException e) {
                LOG.info("{} of {} was not fetched from its origin: {}", wanted.key(), bucket.name(), e.message());
            }
        }
        rows.remove(wanted);
    }
}
