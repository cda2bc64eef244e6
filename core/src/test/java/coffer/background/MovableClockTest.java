package coffer.background;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.identity.ClientTime;
import coffer.store.memory.MemoryEngine;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MovableClockTest {
    private static final Instant START = Instant.parse("2026-02-01T08:00:00.500Z");

    private final MemoryEngine engine = new MemoryEngine();
    private Instant real = START;
    private final MovableClock clock = MovableClock.open(engine.metadata(), () -> real);

    @Test
    void staysMovedWhenItIsOpenedAnew() {
        clock.advance(Duration.ofDays(30));
        clock.advance(Duration.ofHours(1));
        real = real.plusSeconds(5);
        MovableClock again = MovableClock.open(engine.metadata(), () -> real);
        assertThat(again.instant()).isEqualTo(START.plus(Duration.ofDays(30)).plusSeconds(3605));
        assertThat(again.ahead()).isEqualTo(Duration.ofHours(30 * 24 + 1));
    }

    @Test
    void goesForwardOnly() {
        assertThatThrownBy(() -> clock.advance(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> clock.advance(Duration.ofDays(40_000))).isInstanceOf(IllegalArgumentException.class);
        assertThat(clock.ahead()).isZero();
    }

    @Test
    void aHeaderIsSignedNowByAClockThatWasNotMoved() {
        clock.advance(Duration.ofDays(30));
        assertThat(ClientTime.now(clock, real.minusSeconds(60), false)).isEqualTo(real);
    }

    /** Signed at ten and good for an hour, it is not any more when this clock was moved by two. */
    @Test
    void aUrlGetsOldAsTheClockIsMoved() {
        Instant before = real.minusSeconds(10);
        clock.advance(Duration.ofHours(2));
        real = real.plusSeconds(10);
        assertThat(ClientTime.now(clock, before, true)).isEqualTo(real.plus(Duration.ofHours(2)));
        assertThat(ClientTime.now(clock, real, true)).isEqualTo(real);
        clock.advance(Duration.ofHours(3));
        assertThat(ClientTime.now(clock, before, true)).isEqualTo(real.plus(Duration.ofHours(5)));
    }

    /** Clients tell when they signed in whole seconds. */
    @Test
    void whatIsSignedInTheSecondOfTheMoveIsSignedBehindIt() {
        clock.advance(Duration.ofHours(2));
        assertThat(ClientTime.now(clock, Instant.parse("2026-02-01T08:00:00Z"), true))
                .isEqualTo(real);
    }

    @Test
    void whoGoesByThisClockIsBelieved() {
        clock.advance(Duration.ofDays(30));
        assertThat(ClientTime.now(clock, clock.instant(), true)).isEqualTo(clock.instant());
        assertThat(ClientTime.now(clock, clock.instant(), false)).isEqualTo(clock.instant());
    }
}
