package coffer.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UniqueIdsTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-25T08:00:00Z"));

    private final UniqueIds ids = new UniqueIds(CLOCK, new Random(1));

    @Test
    void growWhileTheClockStands() {
        long last = 0;
        for (int i = 0; i < 1000; i++) {
            long next = ids.nextSequence(last);
            assertThat(next).isGreaterThan(last);
            last = next;
        }
    }

    /** Each is deleted before the next is made, by a server that was started anew with a clock gone back. */
    @Test
    void areNotMadeAgainAfterOneThatTheClockHasNotReached() {
        long newest = UniqueIds.sequence(Instant.parse("2027-01-01T00:00:00Z").toEpochMilli() * 1000);
        Set<Long> made = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            made.add(new UniqueIds(CLOCK, new Random(i)).nextSequence(newest));
        }
        assertThat(made).hasSize(20).allMatch(id -> id > newest);
    }
}
