package coffer.pull;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.bucket.Bucket;
import coffer.event.Cause;
import coffer.origin.OriginRule;
import coffer.store.StoreException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The fetches under way: of one key one at a time, and not too many of all. Thread-safe.
 *
 * <p>They have threads of their own, since names are looked up by the system, which would hold up an event loop; and they go
 * on when the client goes, so that it finds the object when it comes again.
 */
final class Pulls {
    /** How long a client waits: less than SDKs do, so that it is told to come again. */
    static final Duration WAIT = Duration.ofSeconds(25);

    private static final int MOST = 64;
    private static final int MOST_OF_BUCKET = 32;
    private static final Duration IDLE = Duration.ofSeconds(10);

    private final OriginFetch fetch;
    private final Map<Place, FutureTask<Pulled>> running = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            0,
            MOST,
            IDLE.toSeconds(),
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            Thread.ofPlatform().name("coffer-origin-", 0).daemon().factory());
    private final AtomicLong stored = new AtomicLong();
    private final AtomicLong missing = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();

    private record Place(String space, String key) {}

    Pulls(OriginFetch fetch) {
        this.fetch = fetch;
    }

    /** How many were stored. */
    long stored() {
        return stored.get();
    }

    /** How many origins did not have. */
    long missing() {
        return missing.get();
    }

    /** How many could not be had. */
    long failed() {
        return failed.get();
    }

    /**
     * Fetches an object, or waits for one who does so already.
     *
     * @param cause of what is stored
     * @return empty if it takes longer than the time given; it goes on then
     * @throws CosException {@code SlowDown} if too many are under way; what does not let the object be stored
     */
    Optional<Pulled> pull(Bucket bucket, String key, OriginRule rule, Ask ask, Cause cause, Duration atMost) {
        Place place = new Place(bucket.space(), key);
        FutureTask<Pulled> own = new FutureTask<>(() -> cause.during(() -> fetch(place, bucket, key, rule, ask)));
        FutureTask<Pulled> other = running.putIfAbsent(place, own);
        if (other == null) {
            start(place, own);
        }
        return await(other == null ? own : other, atMost);
    }

    private void start(Place place, FutureTask<Pulled> task) {
        long ofBucket = running.keySet().stream()
                .filter(one -> one.space().equals(place.space()))
                .count();
        try {
            if (ofBucket > MOST_OF_BUCKET) {
                throw new RejectedExecutionException();
            }
            threads.execute(task);
        } catch (RejectedExecutionException e) {
            running.remove(place, task);
            boolean _ = task.cancel(false);
        }
    }

    private Pulled fetch(Place place, Bucket bucket, String key, OriginRule rule, Ask ask) {
        try {
            Pulled pulled = fetch.fetch(bucket, key, rule, ask);
            (switch (pulled) {
                        case Pulled.Stored _ -> stored;
                        case Pulled.Missing _ -> missing;
                        case Pulled.Moved _, Pulled.Failed _ -> failed;
                    })
                    .incrementAndGet();
            return pulled;
        } finally {
            running.remove(place);
        }
    }

    private static Optional<Pulled> await(FutureTask<Pulled> task, Duration atMost) {
        try {
            return Optional.of(task.get(atMost.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (CancellationException e) {
            throw CosError.SLOW_DOWN.because("Too much is being fetched from origins; try again.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CosError.SERVICE_UNAVAILABLE.exception();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case CosException known -> throw known;
                case StoreException known -> throw known;
                case null, default -> throw new IllegalStateException("an object could not be fetched", e);
            }
        }
    }
}
