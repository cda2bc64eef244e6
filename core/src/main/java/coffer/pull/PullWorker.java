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
import java.util.concurrent.atomic.AtomicInteger;
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

    /** Beyond them clients are sent to the origin, and nothing is fetched. */
    private static final int MOST_WAITING = 10_000;

    /** It is woken when there is something to do. */
    private static final Duration LOOKS_EVERY = Duration.ofMinutes(10);

    /** Longer than a fetch may take. */
    private static final Duration WAIT = Duration.ofHours(2);

    private final PullRows rows;
    private final BucketService buckets;
    private final BucketSettings settings;
    private final ObjectService objects;
    private final Pulls pulls;
    private final InstantSource clock;
    private final Set<String> changed = ConcurrentHashMap.newKeySet();
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile Runnable wake = () -> {};
    private boolean begun;

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

    /** Has an object fetched in a while; forgotten if too many are waited for. */
    void want(Bucket bucket, String key, Ask ask) {
        if (waiting.get() < MOST_WAITING && !rows.has(bucket, key)) {
            waiting.incrementAndGet();
            rows.put(bucket, key, ask);
            changed.add(bucket.name());
            wake.run();
        }
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
    public boolean isSeenByClients() {
        return true;
    }

    @Override
    public Map<String, Long> figures() {
        Map<String, Long> figures = new LinkedHashMap<>();
        figures.put("stored", pulls.stored());
        figures.put("missing", pulls.missing());
        figures.put("failed", pulls.failed());
        figures.put("waiting", (long) waiting.get());
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
        return new Next.At(clock.instant().plus(LOOKS_EVERY));
    }

    /** What an earlier process left is found by looking everywhere once. */
    private List<Bucket> looked() {
        List<String> names = List.copyOf(changed);
        names.forEach(changed::remove);
        if (!begun) {
            begun = true;
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
        waiting.updateAndGet(count -> Math.max(0, count - 1));
    }
}
