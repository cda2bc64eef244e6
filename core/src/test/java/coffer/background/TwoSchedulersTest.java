package coffer.background;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.store.RowGroup;
import coffer.store.memory.MemoryEngine;
import coffer.store.memory.SharedEngine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two processes on one store, of which one leads. */
class TwoSchedulersTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Instant START = Instant.parse("2026-02-01T08:00:00Z");

    private final MemoryEngine engine = new MemoryEngine();
    private final SharedEngine first = new SharedEngine(engine, true);
    private final SharedEngine second = new SharedEngine(engine, false);
    private final InstantSource clock = InstantSource.fixed(START);
    private final Counting here = new Counting(false);
    private final Counting there = new Counting(false);
    private final Scheduler leader = Scheduler.start(first, clock, List.of(here), () -> {});
    private final Scheduler other = Scheduler.start(second, clock, List.of(there), () -> {});

    /** Does what it heard of, and nothing else. */
    private static final class Counting implements Worker {
        private final boolean isOfEachProcess;
        private final Set<String> heard = ConcurrentHashMap.newKeySet();
        private final Set<String> done = ConcurrentHashMap.newKeySet();
        private final AtomicInteger begun = new AtomicInteger();
        private final AtomicInteger ended = new AtomicInteger();
        private volatile Runnable wake = () -> {};

        Counting(boolean isOfEachProcess) {
            this.isOfEachProcess = isOfEachProcess;
        }

        @Override
        public String name() {
            return "counting";
        }

        @Override
        public long unitsPerSecond() {
            return 1;
        }

        @Override
        public void onStart(Runnable waker) {
            wake = waker;
        }

        @Override
        public boolean isOfEachProcess() {
            return isOfEachProcess;
        }

        @Override
        public void begin() {
            begun.incrementAndGet();
        }

        @Override
        public void end() {
            ended.incrementAndGet();
        }

        @Override
        public Set<String> errands() {
            Set<String> taken = Set.copyOf(heard);
            heard.removeAll(taken);
            return taken;
        }

        @Override
        public void take(Set<String> errands) {
            heard.addAll(errands);
            wake.run();
        }

        @Override
        public Next work(Shift shift) {
            done.addAll(errands());
            return new Next.At(START.plus(Duration.ofDays(1)));
        }

        @Override
        public boolean isSeenByClients() {
            return true;
        }

        @Override
        public Map<String, Long> figures() {
            return Map.of();
        }
    }

    @AfterEach
    void close() {
        leader.close();
        other.close();
    }

    @Test
    void whatOneHearsOfTheLeaderDoes() {
        there.take(Set.of("a", "b"));
        await(() -> here.done.containsAll(Set.of("a", "b")));
        assertThat(there.done).isEmpty();
        assertThat(there.begun).hasValue(0);
        assertThat(state(other)).isEqualTo(WorkerStatus.State.ELSEWHERE);
    }

    @Test
    void whoComesToLeadBeginsAndTheOtherEnds() {
        await(() -> here.begun.get() == 1);
        first.lead(false);
        second.lead(true);
        await(() -> here.ended.get() == 1 && there.begun.get() == 1);
        here.take(Set.of("c"));
        await(() -> there.done.contains("c"));
        assertThat(here.done).isEmpty();
        assertThat(state(leader)).isEqualTo(WorkerStatus.State.ELSEWHERE);
    }

    @Test
    void whatIsOfEachProcessIsDoneByEach() {
        Counting own = new Counting(true);
        try (Scheduler scheduler = Scheduler.start(second, clock, List.of(own), () -> {})) {
            own.take(Set.of("mine"));
            await(() -> own.done.contains("mine"));
            assertThat(state(scheduler)).isEqualTo(WorkerStatus.State.WAITING);
        }
    }

    @Test
    void whoIsPausedInOneIsPausedInBoth() {
        other.setPaused("counting", true);
        await(() -> state(leader) == WorkerStatus.State.PAUSED);
        there.take(Set.of("later"));
        leader.setPaused("counting", false);
        await(() -> here.done.contains("later"));
        assertThat(state(other)).isEqualTo(WorkerStatus.State.ELSEWHERE);
    }

    @Test
    void whatIsPausedElsewhereStaysPausedWhenAnotherIs() {
        new PausedWorkers(engine).set("one", true);
        new PausedWorkers(engine).set("another", true);
        new PausedWorkers(engine).set("one", false);
        assertThat(new PausedWorkers(engine).read()).containsExactly("another");
    }

    @Test
    void nobodyButTheLeaderKnowsThatAllIsDone() throws InterruptedException {
        assertThat(leader.settle(SOON)).isTrue();
        assertThat(other.settle(Duration.ZERO)).isFalse();
    }

    @Test
    void aClockThatIsMovedInOneMovesInBoth() {
        MovableClock mine = MovableClock.open(engine, clock);
        MovableClock theirs = MovableClock.open(engine, clock);
        try (Scheduler scheduler = Scheduler.start(second, theirs, List.of(), () -> {})) {
            mine.advance(Duration.ofDays(1));
            await(() -> theirs.ahead().equals(Duration.ofDays(1)));
            theirs.advance(Duration.ofHours(1));
            mine.advance(Duration.ofHours(1));
            assertThat(mine.ahead()).isEqualTo(Duration.ofHours(26));
            assertThat(scheduler.list()).isEmpty();
        }
    }

    @Test
    void whoLeadsNoLongerDoesNotPutBackWhatTheNextOneKept() {
        WorkerState old = new WorkerState(engine, new RowGroup("system", "some").row('s'));
        WorkerState next = new WorkerState(engine, new RowGroup("system", "some").row('s'));
        assertThat(old.load()).isEmpty();
        assertThat(old.save(new byte[] {1})).isTrue();
        assertThat(next.load()).contains(new byte[] {1});
        assertThat(next.save(new byte[] {2})).isTrue();
        assertThat(old.save(new byte[] {1})).isFalse();
        assertThat(old.load()).contains(new byte[] {2});
        assertThat(old.save(new byte[] {3})).isTrue();
    }

    private static WorkerStatus.State state(Scheduler scheduler) {
        return scheduler.list().getFirst().state();
    }

    private static void await(BooleanSupplier condition) {
        long until = System.nanoTime() + SOON.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(until);
            LockSupport.parkNanos(10_000_000);
        }
    }
}
