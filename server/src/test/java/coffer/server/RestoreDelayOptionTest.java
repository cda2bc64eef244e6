package coffer.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import coffer.restore.RestoreDelays;
import coffer.restore.RestoreTier;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RestoreDelayOptionTest {
    @Test
    void readsATimeForEachTier() {
        RestoreDelays delays = RestoreDelayOption.parse("expedited=90s, standard=3h,bulk=2d");
        assertThat(delays.of(RestoreTier.EXPEDITED)).isEqualTo(Duration.ofSeconds(90));
        assertThat(delays.of(RestoreTier.STANDARD)).isEqualTo(Duration.ofHours(3));
        assertThat(delays.of(RestoreTier.BULK)).isEqualTo(Duration.ofDays(2));
    }

    @Test
    void whatIsNotNamedTakesNoTime() {
        assertThat(RestoreDelayOption.parse("")).isEqualTo(RestoreDelays.NONE);
        RestoreDelays delays = RestoreDelayOption.parse("bulk=1m");
        assertThat(delays).isEqualTo(new RestoreDelays(Map.of(RestoreTier.BULK, Duration.ofMinutes(1))));
        assertThat(delays.of(RestoreTier.STANDARD)).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1h",
                "bulk",
                "bulk=",
                "bulk=1",
                "bulk=-1h",
                "bulk=1.5h",
                "bulk=1w",
                "bulk=1h,",
                "bulk=1h,bulk=2h",
                "Bulk=1h",
                "cold=1h",
                "bulk=10000000s"
            })
    void refusesWhatItDoesNotUnderstand(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RestoreDelayOption.parse(text))
                .withMessageContaining("--restore-delay")
                .withMessageContaining("expedited, standard, bulk")
                .withMessageContaining(text);
    }
}
