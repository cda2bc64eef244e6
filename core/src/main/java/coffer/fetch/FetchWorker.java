package coffer.fetch;

import coffer.background.Next;
import coffer.background.Shift;
import coffer.background.Worker;
import coffer.bucket.BucketService;
import coffer.object.ObjectService;
import coffer.outbound.Outbound;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has tasks done, some at a time, each on a thread of its own. What is under way when the server ends is done again by the next
 * one.
 */
public final class FetchWorker implements Worker, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FetchWorker.class);

    /** Each takes a connection, a thread and the buffers of an upload. */
    private static final int AT_A_TIME = 8;

    /** How long a new task waits at most, if it is its turn. */
    private static final Duration LOOKED_EVERY = Duration.ofMillis(500);

    /** Before the second attempt, the third, and so on. */
    private static final List<Duration> PAUSES =
            List.of(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMinutes(2), Duration.ofMinutes(10));

    /** How old what other processes know may be. */
    private static final long PUBLISHED_EVERY_NANOS = Duration.ofSeconds(2).toNanos();

    private static final Duration KEPT = Duration.ofDays(7);
    private static final Duration FORGOTTEN_EVERY = Duration.ofMinutes(10);

    private final FetchTasks tasks;
    private final Fetcher fetcher;
    private final InstantSource clock;
    private final Semaphore free = new Semaphore(AT_A_TIME);
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final LongAdder done = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder untold = new LongAdder();
    private Instant forgets = Instant.MIN;
    private long publishesNanos = System.nanoTime();
    private volatile boolean closed;

    /** Whether what is under way is to be left to others. */
    private volatile boolean closing;

    public FetchWorker(
            FetchTasks tasks, Outbound outbound, BucketService buckets, ObjectService objects, InstantSource clock) {
        this.tasks = tasks;
        this.fetcher = new Fetcher(outbound, buckets, objects, tasks);
        this.clock = clock;
    }

    @Override
    public String name() {
        return "async-fetch";
    }

    /** Fetches are not paced. */
    @Override
    public long unitsPerSecond() {
        return 1;
    }

    /** How long an origin takes is not for the clock to say. */
    @Override
    public boolean isSeenByClients() {
        return false;
    }

    @Override
    public Map<String, Long> figures() {
        Map<String, Long> figures = new LinkedHashMap<>();
        figures.put("unfinished", (long) tasks.unfinished());
        figures.put("done", done.sum());
        figures.put("failed", failed.sum());
        figures.put("untold", untold.sum());
        return figures;
    }

    @Override
    public void onStart(Runnable wake) {
        tasks.onOrder(wake);
    }

    @Override
    public void begin() {
        tasks.load();
        closing = closed;
    }

    @Override
    public void end() {
        breakOff();
    }

    @Override
    public Set<String> errands() {
        return tasks.takeOrdered();
    }

    @Override
    public void take(Set<String> errands) {
        tasks.ordered(errands);
    }

    /** Begins what is due, as much as there is room for. */
    @Override
    public Next work(Shift shift) {
        Instant now = clock.instant();
        if (System.nanoTime() - publishesNanos >= 0) {
            tasks.publish();
            publishesNanos = System.nanoTime() + PUBLISHED_EVERY_NANOS;
        }
        if (now.isAfter(forgets)) {
            tasks.forget(now.minus(KEPT));
            forgets = now.plus(FORGOTTEN_EVERY);
        }
        while (!shift.isOver() && !closing && free.tryAcquire()) {
            if (!beginNext()) {
                break;
            }
        }
        return new Next.At(now.plus(LOOKED_EVERY));
    }

    private boolean beginNext() {
        boolean begun = false;
        try {
            Optional<FetchTask> due = tasks.take();
            due.ifPresent(task -> {
                Thread thread = Thread.ofVirtual().name("coffer-fetch").unstarted(() -> runAndLeave(task));
                threads.add(thread);
                thread.start();
            });
            begun = due.isPresent();
            return begun;
        } finally {
            if (!begun) {
                free.release();
            }
        }
    }

    private void runAndLeave(FetchTask task) {
        try {
            run(task);
        } catch (RuntimeException e) {
            LOG.error("The fetch task {} is tried again in a while.", task.id(), e);
            tasks.putBack(task.again(clock.instant().plus(PAUSES.getLast())));
        } finally {
            threads.remove(Thread.currentThread());
            free.release();
        }
    }

    private void run(FetchTask task) {
        Optional<FetchTask> next = step(task);
        if (closing || next.isEmpty()) {
            tasks.putBack(task); // what failed then failed because the server ends
        } else {
            tasks.update(next.get());
        }
    }

    private Optional<FetchTask> step(FetchTask task) {
        return switch (task.stage()) {
            case FETCHING -> Optional.of(fetch(task));
            case TELLING -> Optional.of(tell(task));
            case ENDED -> Optional.empty();
        };
    }

    private FetchTask fetch(FetchTask task) {
        Fetcher.Attempt attempt = fetcher.fetch(task);
        Instant now = clock.instant();
        if (attempt.mayHelp() && task.attempts() < PAUSES.size()) {
            return task.again(now.plus(PAUSES.get(task.attempts())));
        }
        (attempt.result().isDone() ? done : failed).increment();
        return task.with(attempt.result(), now);
    }

    private FetchTask tell(FetchTask task) {
        boolean isTold = fetcher.tell(task);
        Instant now = clock.instant();
        if (!isTold && task.attempts() < PAUSES.size()) {
            return task.again(now.plus(PAUSES.get(task.attempts())));
        }
        if (!isTold) {
            untold.increment();
            LOG.warn("What came of the fetch task {} could not be told.", task.id());
        }
        return task.ended(now);
    }

    /** Breaks off what is under way; it stays to be done. */
    @Override
    public void close() {
        closed = true;
        breakOff();
    }

    private void breakOff() {
        closing = true;
        for (Thread thread : Set.copyOf(threads)) {
            thread.interrupt();
        }
        for (Thread thread : Set.copyOf(threads)) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
