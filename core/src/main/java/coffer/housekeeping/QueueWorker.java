package coffer.housekeeping;

import coffer.background.Next;
import coffer.background.Shift;
import coffer.background.Worker;
import coffer.bucket.Bucket;
import coffer.bucket.BucketService;
import coffer.event.EventRows;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/**
 * Empties queues of events, several at a time and each in its order. Where it does not get on, it tries again later and later;
 * the events wait in the store meanwhile, for days if need be.
 */
final class QueueWorker implements Worker {
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
    private static final Duration LOOKS_EVERY = Duration.ofMinutes(10);
    private static final long EVENTS_PER_SECOND = 20_000;
    private static final int QUEUES_AT_ONCE = 32;

    /** So long a queue is emptied before the others are looked at again. */
    private static final long PIECE_NANOS = Duration.ofSeconds(1).toNanos();

    private final String name;
    private final EventRows rows;
    private final BucketService buckets;
    private final InstantSource clock;
    private final EventConsumer consumer;
    private final int batch;
    private final Set<String> changed = ConcurrentHashMap.newKeySet();
    private final Map<Queue, Waiting> waiting = new ConcurrentHashMap<>();
    private volatile Runnable wake = () -> {};
    private boolean begun;

    private record Queue(String bucket, String name) {}

    /**
     * A queue that is not empty.
     *
     * @param failures how often it was tried in vain since it went on last
     * @param next when it is looked at
     * @param oldest when its first event should have been told
     */
    private record Waiting(int failures, Instant next, Instant oldest) {
        Waiting failed(Instant now, Instant first) {
            Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(failures, 20));
            return new Waiting(failures + 1, now.plus(wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT), first);
        }
    }

    /** @param batch how many events are dealt with together, from 1 */
    QueueWorker(
            String name,
            EventRows rows,
            BucketService buckets,
            InstantSource clock,
            EventConsumer consumer,
            int batch) {
        this.name = name;
        this.rows = rows;
        this.buckets = buckets;
        this.clock = clock;
        this.consumer = consumer;
        this.batch = batch;
    }

    /** Queues of a bucket got longer. */
    void changed(Bucket bucket) {
        changed.add(bucket.name());
        wake.run();
    }

    @Override
    public void onStart(Runnable waker) {
        wake = waker;
    }

    /** Queues get longer only where events are distributed, so there is nothing that other processes know. */
    @Override
    public void begin() {
        begun = false;
        waiting.clear();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long unitsPerSecond() {
        return EVENTS_PER_SECOND;
    }

    @Override
    public boolean isSeenByClients() {
        return true;
    }

    @Override
    public Map<String, Long> figures() {
        Map<String, Long> figures = new LinkedHashMap<>(consumer.figures());
        figures.put("queues", (long) waiting.size());
        figures.put(
                "failing",
                waiting.values().stream().filter(queue -> queue.failures > 0).count());
        Instant now = clock.instant();
        figures.put(
                "lagSeconds",
                waiting.values().stream()
                        .mapToLong(queue -> Duration.between(queue.oldest, now).toSeconds())
                        .filter(lag -> lag > 0)
                        .max()
                        .orElse(0));
        return figures;
    }

    @Override
    public Next work(Shift shift) {
        lookForQueues();
        Instant now = clock.instant();
        List<Queue> due = waiting.entrySet().stream()
                .filter(entry -> !entry.getValue().next.isAfter(now))
                .map(Map.Entry::getKey)
                .toList();
        empty(due, shift);
        Optional<Instant> next = waiting.values().stream().map(Waiting::next).min(Instant::compareTo);
        return next.filter(time -> !time.isAfter(now)).isPresent()
                ? new Next.Now()
                : new Next.At(next.orElse(now.plus(LOOKS_EVERY)));
    }

    private void lookForQueues() {
        List<Bucket> looked = new ArrayList<>();
        if (!begun) {
            begun = true;
            looked.addAll(buckets.all());
        } else {
            List<String> names = new ArrayList<>(changed);
            names.forEach(changed::remove);
            names.forEach(bucket -> buckets.find(bucket).ifPresent(looked::add));
        }
        Instant now = clock.instant();
        for (Bucket bucket : looked) {
            for (String queue : rows.queues(bucket.space())) {
                if (queue.startsWith(consumer.queues())) {
                    // One that is tried in vain goes on waiting; one that waits for a time may have got an earlier one.
                    waiting.merge(
                            new Queue(bucket.name(), queue),
                            new Waiting(0, now, now),
                            (known, fresh) -> known.failures > 0 ? known : fresh);
                }
            }
        }
    }

    private void empty(List<Queue> due, Shift shift) {
        Semaphore places = new Semaphore(QUEUES_AT_ONCE);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Integer>> pieces = due.stream()
                    .<Callable<Integer>>map(queue -> () -> {
                        places.acquire();
                        try {
                            return empty(queue, shift);
                        } finally {
                            places.release();
                        }
                    })
                    .toList();
            threads.invokeAll(pieces).forEach(piece -> shift.pace(await(piece)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for what another thread does, and fails as that does. */
    static <T> T await(Future<T> done) {
        try {
            return done.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e);
        }
    }

    /** @return how many events were dealt with */
    private int empty(Queue queue, Shift shift) {
        Optional<Bucket> bucket = buckets.find(queue.bucket);
        if (bucket.isEmpty()) {
            waiting.remove(queue);
            return 0;
        }
        long until = System.nanoTime() + PIECE_NANOS;
        int done = 0;
        while (!shift.isOver() && System.nanoTime() < until) {
            List<EventRows.Queued> first = rows.first(bucket.get().space(), queue.name, batch);
            Instant now = clock.instant();
            List<EventRows.Queued> due = first.stream()
                    .filter(event -> !EventRows.due(event).isAfter(now))
                    .toList();
            if (due.isEmpty()) {
                settle(queue, first);
                return done;
            }
            int gone = consumer.consume(bucket.get(), queue.name, due);
            rows.remove(due.subList(0, gone));
            done += gone;
            if (gone < due.size()) {
                Instant oldest = EventRows.due(due.get(gone));
                waiting.computeIfPresent(queue, (_, known) -> known.failed(clock.instant(), oldest));
                return done;
            }
            waiting.put(queue, new Waiting(0, now, now));
        }
        return done;
    }

    private void settle(Queue queue, List<EventRows.Queued> later) {
        if (later.isEmpty()) {
            waiting.remove(queue);
        } else {
            Instant next = EventRows.due(later.getFirst());
            waiting.put(queue, new Waiting(0, next, next));
        }
    }
}
