package coffer.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class UniqueIdsTest {
    private final UniqueIds ids =
            new UniqueIds(InstantSource.fixed(Instant.parse("2026-02-02T08:00:00Z")), new Random(1));

    @Test
    void numbersGoUpThoughTheClockStandsStill() {
        long last = 0;
        for (int i = 0; i < 100; i++) {
            long next = ids.nextSequence(0);
            assertThat(next).isGreaterThan(last);
            last = next;
        }
    }

    /** Whoever gives up the largest number there is, with a clock that is behind, does not get it again. */
    @Test
    void aNumberThatWasGivenUpDoesNotComeBack() {
        long ahead = UniqueIds.sequence(Instant.parse("2026-02-02T09:00:00Z").toEpochMilli() * 1000);
        List<Long> made =
                Stream.generate(() -> ids.nextSequence(ahead)).limit(10).toList();
        assertThat(made).allMatch(number -> number > ahead).doesNotHaveDuplicates();
    }
}
