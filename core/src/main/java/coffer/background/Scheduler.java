package coffer.background;

import coffer.store.Engine;
import coffer.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets workers work, each on a thread of its own, when they want to and may: in the process that leads. What another process
 * hears of work goes there as {@link Errands}. Who is paused is so in all processes, and stays so when the server is started
 * anew. Thread-safe.
 */
public final class Scheduler implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Scheduler.class);

    /** A clock may be set, and a machine may sleep, without anybody being told. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private static final Duration RETRIED_AFTER = Duration.ofSeconds(30);

    /** So long after another process did something it is noticed at most. */
    private static final Duration WATCHED_EVERY = Duration.ofMillis(500);

    private final Engine engine;
    private final InstantSource clock;
    private final Runnable follow;
    private final PausedWorkers pausedWorkers;
    private final Errands errands;
    private final List<Attendant> attendants;
    private final Thread watcher =
            Thread.ofPlatform().name("coffer-scheduler").daemon().unstarted(this::watchAgainAndAgain);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile boolean closed;

    private Scheduler(Engine engine, InstantSource clock, List<Worker> workers, Runnable follow) {
        this.engine = engine;
        this.clock = clock;
        this.follow = follow;
        this.pausedWorkers = new PausedWorkers(engine.metadata());
        this.errands = new Errands(engine.metadata());
        Set<String> paused = pausedWorkers.read();
        this.attendants = workers.stream()
                .map(worker -> new Attendant(worker, paused.contains(worker.name())))
                .toList();
    }

    /**
     * Starts to let them work.
     *
     * @param engine says whether this process leads
     * @param workers of different names
     * @param clock tells when they go on
     * @param follow looks whether other processes changed what this one has in memory; called some times a second
     */
    public static Scheduler start(Engine engine, InstantSource clock, List<Worker> workers, Runnable follow) {
        Scheduler scheduler = new Scheduler(engine, clock, workers, follow);
        scheduler.attendants.forEach(attendant -> {
            attendant.worker.onStart(() -> scheduler.wake(attendant));
            attendant.thread.start();
        });
        scheduler.watcher.start();
        return scheduler;
    }

    private void watchAgainAndAgain() {
        boolean isTroubled = false;
        while (!closed) {
            try {
                watch();
                isTroubled = false;
            } catch (StoreException e) {
                if (!isTroubled) {
                    LOG.warn("What other processes do is not seen: {}", e.getMessage());
                }
                isTroubled = true;
            } catch (RuntimeException e) {
                LOG.error("What other processes do is not seen.", e);
            }
            LockSupport.parkNanos(this, WATCHED_EVERY.toNanos());
        }
    }

    /** Looks what other processes did. */
    private void watch() {
        boolean isMoved = clock instanceof MovableClock movable && movable.follow();
        Set<String> paused = pausedWorkers.read();
        lock.lock();
        try {
            attendants.forEach(attendant -> attendant.setPaused(paused.contains(attendant.worker.name())));
            boolean changesHands = attendants.stream().anyMatch(Attendant::changesHands);
            if (isMoved || changesHands) {
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
        follow.run();
        if (engine.isLeader()) {
            Map<String, Set<String>> taken = errands.take();
            attendants.stream()
                    .map(attendant -> attendant.worker)
                    .filter(worker -> taken.containsKey(worker.name()))
                    .forEach(worker -> worker.take(taken.getOrDefault(worker.name(), Set.of())));
        }
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
        if (find(name).isEmpty()) {
            return;
        }
        pausedWorkers.set(name, paused);
        lock.lock();
        try {
            attendants.stream()
                    .filter(attendant -> attendant.worker.name().equals(name))
                    .forEach(attendant -> attendant.setPaused(paused));
        } finally {
            lock.unlock();
        }
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
     * @return {@code false} if that takes longer, or another process leads, so that it is not known here
     */
    public boolean settle(Duration atMost) throws InterruptedException {
        long left = atMost.toNanos();
        lock.lockInterruptibly();
        try {
            while (engine.isLeader() && attendants.stream().anyMatch(at -> at.worker.isSeenByClients() && at.isDue())) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return engine.isLeader();
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
        List<Thread> threads = Stream.concat(
                        Stream.of(watcher), attendants.stream().map(attendant -> attendant.thread))
                .toList();
        threads.forEach(LockSupport::unpark);
        for (Thread thread : threads) {
            try {
                thread.join();
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
        private final WorkerRuns runs = new WorkerRuns();
        private volatile boolean paused;
        private boolean working;

        /** Whether it was asked for another turn during this one. */
        private boolean isWoken;

        /** Whether another process does it. */
        private boolean isElsewhere;

        /** Whether {@link Worker#begin} was called and {@link Worker#end} was not. Used by its thread alone. */
        private boolean isBegun;

        private Next next = new Next.Now();
        private Optional<String> trouble = Optional.empty();
        private long retriedAtNanos = System.nanoTime();

        Attendant(Worker worker, boolean paused) {
            this.worker = worker;
            this.paused = paused;
            this.shift = new Shift(worker.unitsPerSecond(), () -> closed || this.paused || !mayWork());
            this.thread =
                    Thread.ofPlatform().name("coffer-" + worker.name()).daemon().unstarted(this::run);
        }

        void setPaused(boolean value) {
            if (paused != value) {
                paused = value;
                LockSupport.unpark(thread);
                changed.signalAll();
            }
        }

        private boolean mayWork() {
            return worker.isOfEachProcess() || engine.isLeader();
        }

        /** Whether it is to begin to work here, or to end. */
        boolean changesHands() {
            return isElsewhere == mayWork();
        }

        boolean isDue() {
            return working
                    || (!paused && changesHands())
                    || (!isElsewhere
                            && !paused
                            && trouble.isEmpty()
                            && !untilNext().isPositive());
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
            } else if (isElsewhere) {
                state = WorkerStatus.State.ELSEWHERE;
            } else if (isDue()) {
                state = WorkerStatus.State.WORKING;
            }
            Optional<Instant> time =
                    !isElsewhere && next instanceof Next.At at ? Optional.of(at.time()) : Optional.empty();
            return new WorkerStatus(worker.name(), state, time, trouble, worker.figures(), runs.view());
        }

        private void run() {
            while (awaitTurn()) {
                boolean here = mayWork();
                try {
                    ended(here, here ? work() : handOver(), Optional.empty());
                } catch (StoreException e) {
                    LOG.warn("{} was interrupted and goes on in a while: {}", worker.name(), e.getMessage());
                    ended(here, new Next.Now(), Optional.of(String.valueOf(e.getMessage())));
                } catch (RuntimeException e) {
                    LOG.error("{} cannot go on, and tries again in a while.", worker.name(), e);
                    ended(
                            here,
                            new Next.Now(),
                            Optional.of(
                                    "See the log of the server: " + e.getClass().getSimpleName()));
                }
            }
        }

        private Next work() {
            if (!isBegun) {
                worker.begin();
                isBegun = true;
            }
            return worker.work(shift);
        }

        /** Tells the leader what this process knows. */
        private Next handOver() {
            if (isBegun) {
                isBegun = false;
                worker.end();
            }
            Set<String> known = worker.errands();
            try {
                errands.put(worker.name(), known);
            } catch (StoreException e) {
                worker.take(known);
                throw e;
            }
            return new Next.Now();
        }

        /** @return {@code false} when the scheduler is closed */
        private boolean awaitTurn() {
            lock.lock();
            try {
                while (!closed) {
                    Duration wait = untilTurn();
                    if (!wait.isPositive()) {
                        working = true;
                        runs.begun();
                        isWoken = false;
                        return true;
                    }
                    Duration atMost = wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
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

        private Duration untilTurn() {
            if (paused) {
                // It ends nevertheless when another process leads.
                return isElsewhere || mayWork() ? LONGEST_WAIT : Duration.ZERO;
            }
            if (trouble.isPresent()) {
                return Duration.ofNanos(retriedAtNanos - System.nanoTime());
            }
            if (changesHands()) {
                return Duration.ZERO;
            }
            if (isElsewhere) {
                return isWoken ? Duration.ZERO : LONGEST_WAIT;
            }
            return untilNext();
        }

        private void ended(boolean here, Next wanted, Optional<String> problem) {
            lock.lock();
            try {
                working = false;
                runs.ended(here, clock.instant(), problem.isPresent());
                isElsewhere = !here;
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
