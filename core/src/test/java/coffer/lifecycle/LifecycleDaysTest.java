package coffer.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LifecycleDaysTest {
    /** The third is the example of the docs: what was uploaded at 23:55 of day 1 goes on day 3 if it may live for a day. */
    @ParameterizedTest
    @CsvSource({
        "2026-02-01T12:00:00+08:00, 0, 2026-02-02T00:00:00+08:00",
        "2026-02-01T12:00:00+08:00, 1, 2026-02-03T00:00:00+08:00",
        "2026-02-01T23:55:00+08:00, 1, 2026-02-03T00:00:00+08:00",
        "2026-02-01T00:00:00+08:00, 1, 2026-02-02T00:00:00+08:00",
        "2026-02-01T00:00:00.001+08:00, 1, 2026-02-03T00:00:00+08:00",
        "1969-12-31T12:00:00+08:00, 0, 1970-01-01T00:00:00+08:00",
    })
    void isDueAtTheMidnightBehindIt(String from, int days, String due) {
        assertThat(LifecycleDays.REAL.due(time(from), days)).isEqualTo(time(due));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-02-01T00:00:00+08:00, 2026-02-02T00:00:00+08:00",
        "2026-02-01T23:59:59.999+08:00, 2026-02-02T00:00:00+08:00",
    })
    void theNextDayBeginsAtMidnight(String now, String next) {
        assertThat(LifecycleDays.REAL.next(time(now))).isEqualTo(time(next));
    }

    @ParameterizedTest
    @CsvSource({"2026-02-01T00:00:03Z, 1, 2026-02-01T00:00:20Z", "2026-02-01T00:00:00Z, 2, 2026-02-01T00:00:20Z"})
    void daysCanBeShort(String from, int days, String due) {
        assertThat(new LifecycleDays(Duration.ofSeconds(10)).due(time(from), days))
                .isEqualTo(time(due));
    }

    private static Instant time(String text) {
        return java.time.OffsetDateTime.parse(text).toInstant();
    }
}
