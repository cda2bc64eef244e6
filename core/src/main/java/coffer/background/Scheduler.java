package coffer.background;

import coffer.bucket.BucketService;
import coffer.record.RecordReader;
import coffer.record.RecordWriter;
import coffer.store.Commit;
import coffer.store.MetadataStore;
import coffer.store.RowGroup;
import coffer.store.RowKey;
import coffer.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets workers work, each on a thread of its own, when they want to and may. Who is paused stays so when the server is started
 * anew. Thread-safe.
 */
public final class Scheduler implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Scheduler.class);
    private static final RowKey ROW = new RowGroup(BucketService.SYSTEM, "background").row('s');
    private static final int FORMAT = 1;

    /** A clock may be set, and a machine may sleep, without anybody being told. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private static final Duration RETRIED_AFTER = Duration.ofSeconds(30);

    private final MetadataStore metadata;
    private final InstantSource clock;
    private final List<Attendant> attendants;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile boolean closed;

    private Scheduler(MetadataStore metadata, InstantSource clock, List<Worker> workers) {
        this.metadata = metadata;
        this.clock = clock;
        Set<String> paused = paused(metadata);
        this.attendants = workers.stream()
                .map(worker -> new Attendant(worker, paused.contains(worker.name())))
                .toList();
    }

    /**
     * Starts to let them work.
     *
     * @param workers of different names
     * @param clock tells when they go on
     */
    public static Scheduler start(MetadataStore metadata, InstantSource clock, List<Worker> workers) {
        Scheduler scheduler = new Scheduler(metadata, clock, workers);
        scheduler.attendants.forEach(attendant -> {
            attendant.worker.onStart(() -> scheduler.wake(attendant));
            attendant.thread.start();
        });
        return scheduler;
    }

    private static Set<String> paused(MetadataStore metadata) {
        Set<String> paused = new HashSet<>();
        metadata.get(ROW).map(row -> new RecordReader(row.value(), FORMAT)).ifPresent(in -> {
            int count = in.count();
            for (int i = 0; i < count; i++) {
                paused.add(in.text());
            }
        });
        return paused;
    }

    /** How all workers are. */
    public List<WorkerStatus> list() {
        lock.lock();
        try {
            return attendants.stream().map(Attendant::status).toList();
        } finally {
            lock.unlock();
        }
    }

    /** How a worker is; empty if there is none of that name. */
    public Optional<WorkerStatus> find(String name) {
        return list().stream().filter(status -> status.name().equals(name)).findFirst();
    }

    /**
     * Lets a worker work no more, or again. A piece that is being done is ended first.
     *
     * @param name of a worker; of another, nothing happens
     */
    public void setPaused(String name, boolean paused) {
        lock.lock();
        try {
            attendants.stream()
                    .filter(attendant -> attendant.worker.name().equals(name))
                    .forEach(attendant -> attendant.setPaused(paused));
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        save();
    }

    private void save() {
        List<String> paused = attendants.stream()
                .filter(attendant -> attendant.paused)
                .map(attendant -> attendant.worker.name())
                .toList();
        RecordWriter out = new RecordWriter(FORMAT).number(paused.size());
        paused.forEach(out::text);
        boolean _ = metadata.commit(Commit.put(ROW, out.toBytes()));
    }

    private void wake(Attendant attendant) {
        lock.lock();
        try {
            attendant.next = new Next.Now();
            attendant.isWoken = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Looks at the clock at once, which was moved. */
    public void clockMoved() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until nothing is due that clients can see: every worker waits for a later time, is paused or cannot.
     *
     * @return {@code false} if that takes longer
     */
    public boolean settle(Duration atMost) throws InterruptedException {
        long left = atMost.toNanos();
        lock.lockInterruptibly();
        try {
            while (attendants.stream().anyMatch(at -> at.worker.isSeenByClients() && at.isDue())) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the pieces under way; no worker works when it returns. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        attendants.forEach(attendant -> LockSupport.unpark(attendant.thread));
        for (Attendant attendant : attendants) {
            try {
                attendant.thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Looks after one worker. What changes is guarded by the lock. */
    private final class Attendant {
        private final Worker worker;
        private final Thread thread;
        private final Shift shift;
        private volatile boolean paused;
        private boolean working;

        /** Whether it was asked for another turn during this one. */
        private boolean isWoken;

        private Next next = new Next.Now();
        private Optional<String> trouble = Optional.empty();
        private long retriedAtNanos = System.nanoTime();

        Attendant(Worker worker, boolean paused) {
            this.worker = worker;
            this.paused = paused;
            this.shift = new Shift(worker.unitsPerSecond(), () -> closed || this.paused);
            this.thread =
                    Thread.ofPlatform().name("coffer-" + worker.name()).daemon().unstarted(this::run);
        }

        void setPaused(boolean value) {
            paused = value;
            LockSupport.unpark(thread);
        }

        boolean isDue() {
            return working || (!paused && trouble.isEmpty() && !untilNext().isPositive());
        }

        private Duration untilNext() {
            return switch (next) {
                case Next.Now _ -> Duration.ZERO;
                case Next.At at -> Duration.between(clock.instant(), at.time());
            };
        }

        WorkerStatus status() {
            WorkerStatus.State state = WorkerStatus.State.WAITING;
            if (paused) {
                state = WorkerStatus.State.PAUSED;
            } else if (trouble.isPresent()) {
                state = WorkerStatus.State.FAILING;
            } else if (isDue()) {
                state = WorkerStatus.State.WORKING;
            }
            Optional<Instant> time = next instanceof Next.At at ? Optional.of(at.time()) : Optional.empty();
            return new WorkerStatus(worker.name(), state, time, trouble, worker.figures());
        }

        private void run() {
            while (awaitTurn()) {
                try {
                    ended(worker.work(shift), Optional.empty());
                } catch (StoreException e) {
                    LOG.warn("{} was interrupted and goes on in a while: {}", worker.name(), e.getMessage());
                    ended(new Next.Now(), Optional.of(String.valueOf(e.getMessage())));
                } catch (RuntimeException e) {
                    LOG.error("{} cannot go on, and tries again in a while.", worker.name(), e);
                    ended(
                            new Next.Now(),
                            Optional.of(
                                    "See the log of the server: " + e.getClass().getSimpleName()));
                }
            }
        }

        /** @return {@code false} when the scheduler is closed */
        private boolean awaitTurn() {
            lock.lock();
            try {
                while (!closed) {
                    Duration wait =
                            trouble.isPresent() ? Duration.ofNanos(retriedAtNanos - System.nanoTime()) : untilNext();
                    if (!paused && !wait.isPositive()) {
                        working = true;
                        isWoken = false;
                        return true;
                    }
                    Duration atMost = paused || wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
                    boolean _ = changed.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
                }
                return false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            } finally {
                lock.unlock();
            }
        }

        private void ended(Next wanted, Optional<String> problem) {
            lock.lock();
            try {
                working = false;
                next = isWoken ? new Next.Now() : wanted;
                trouble = problem;
                retriedAtNanos = System.nanoTime() + RETRIED_AFTER.toNanos();
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }
}
