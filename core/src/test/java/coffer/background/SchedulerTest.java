package coffer.background;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.store.StoreException;
import coffer.store.memory.MemoryEngine;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class SchedulerTest {
    private static final Instant START = Instant.parse("2026-02-01T08:00:00Z");
    private static final Duration SOON = Duration.ofSeconds(20);

    private final MemoryEngine engine = new MemoryEngine();
    private final AtomicReference<Instant> now = new AtomicReference<>(START);

    /** Wants to work every hour. */
    private final class Hourly implements Worker {
        private final AtomicInteger pieces = new AtomicInteger();
        private final AtomicReference<Runnable> wake = new AtomicReference<>(() -> {});
        private final AtomicInteger wakesItself = new AtomicInteger();

        @Override
        public String name() {
            return "hourly";
        }

        @Override
        public long unitsPerSecond() {
            return 1_000_000;
        }

        @Override
        public Next work(Shift shift) {
            pieces.incrementAndGet();
            if (wakesItself.getAndDecrement() > 0) {
                wake.get().run();
            }
            return new Next.At(now.get().plus(Duration.ofHours(1)));
        }

        @Override
        public void onStart(Runnable other) {
            wake.set(other);
        }

        @Override
        public boolean isSeenByClients() {
            return true;
        }

        @Override
        public Map<String, Long> figures() {
            return Map.of("pieces", pieces.longValue());
        }
    }

    private Scheduler start(Worker worker) {
        return Scheduler.start(engine, now::get, List.of(worker), () -> {});
    }

    private static WorkerStatus only(Scheduler scheduler) {
        return scheduler.list().getFirst();
    }

    @Test
    void worksWhenItIsTimeByTheClock() throws Exception {
        Hourly worker = new Hourly();
        try (Scheduler scheduler = start(worker)) {
            assertThat(scheduler.settle(SOON)).isTrue();
            assertThat(worker.pieces.get()).isEqualTo(1);
            WorkerStatus status = only(scheduler);
            assertThat(status)
                    .isEqualTo(new WorkerStatus(
                            "hourly",
                            WorkerStatus.State.WAITING,
                            java.util.Optional.of(START.plus(Duration.ofHours(1))),
                            java.util.Optional.empty(),
                            Map.of("pieces", 1L),
                            status.runs()));
            assertThat(status.runs().pieces()).isEqualTo(1);
            assertThat(status.runs().failures()).isZero();
            assertThat(status.runs().last()).contains(START);
            now.set(START.plus(Duration.ofHours(1)));
            scheduler.clockMoved();
            assertThat(scheduler.settle(SOON)).isTrue();
            assertThat(worker.pieces.get()).isEqualTo(2);
        }
    }

    /** Also if it is asked for while it works. */
    @Test
    void worksAtOnceWhenItIsAskedFor() throws Exception {
        Hourly worker = new Hourly();
        worker.wakesItself.set(1);
        try (Scheduler scheduler = start(worker)) {
            assertThat(scheduler.settle(SOON)).isTrue();
            assertThat(worker.pieces.get()).isEqualTo(2);
            worker.wake.get().run();
            assertThat(scheduler.settle(SOON)).isTrue();
            assertThat(worker.pieces.get()).isEqualTo(3);
        }
    }

    @Test
    void whoIsPausedDoesNothingAlsoAfterARestart() throws Exception {
        Hourly worker = new Hourly();
        try (Scheduler scheduler = start(worker)) {
            assertThat(scheduler.settle(SOON)).isTrue();
            scheduler.setPaused("hourly", true);
        }
        now.set(START.plus(Duration.ofHours(2)));
        try (Scheduler scheduler = start(worker)) {
            assertThat(scheduler.settle(SOON)).isTrue();
            assertThat(worker.pieces.get()).isEqualTo(1);
            assertThat(only(scheduler).state()).isEqualTo(WorkerStatus.State.PAUSED);
            scheduler.setPaused("hourly", false);
            assertThat(scheduler.settle(SOON)).isTrue();
            assertThat(worker.pieces.get()).isEqualTo(2);
        }
    }

    @Test
    void whoCannotWorkSaysWhyAndLeavesTheOthersAlone() throws Exception {
        Worker failing = new Worker() {
            @Override
            public String name() {
                return "failing";
            }

            @Override
            public long unitsPerSecond() {
                return 1;
            }

            @Override
            public Next work(Shift shift) {
                throw new StoreException(StoreException.Reason.FULL, "the disk is full");
            }

            @Override
            public boolean isSeenByClients() {
                return true;
            }

            @Override
            public Map<String, Long> figures() {
                return Map.of();
            }
        };
        try (Scheduler scheduler = Scheduler.start(engine, now::get, List.of(failing, new Hourly()), () -> {})) {
            assertThat(scheduler.settle(SOON)).isTrue();
            WorkerStatus status = scheduler.find("failing").orElseThrow();
            assertThat(status.state()).isEqualTo(WorkerStatus.State.FAILING);
            assertThat(status.trouble()).contains("the disk is full");
            assertThat(status.runs().failures()).isEqualTo(1);
            assertThat(scheduler.find("hourly").orElseThrow().state()).isEqualTo(WorkerStatus.State.WAITING);
        }
    }

    @Test
    void aShiftIsPacedAndEndsAtOnceWhenItIsOver() {
        long begun = System.nanoTime();
        Shift shift = new Shift(1000, () -> false);
        for (int i = 0; i < 30; i++) {
            shift.pace(10);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofMillis(150));
        Thread waiting = Thread.ofPlatform().start(() -> {
            Shift over = new Shift(1, Thread.currentThread()::isInterrupted);
            over.pace(1_000_000);
        });
        LockSupport.parkNanos(20_000_000);
        waiting.interrupt();
        assertThat(waiting).satisfies(thread -> assertThat(thread.join(SOON)).isTrue());
    }
}
