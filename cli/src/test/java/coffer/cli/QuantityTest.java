package coffer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {
    private static final Instant NOW = Instant.parse("2026-11-25T08:00:00Z");

    @ParameterizedTest
    @CsvSource({"0, 0", "500, 500", "10B, 10", "10GiB, 10737418240", "2PiB, 2251799813685248"})
    void sizesHaveUnits(String text, long bytes) {
        assertThat(Quantity.limit("--quota-bytes", text)).hasValue(bytes);
    }

    @Test
    void unlimitedIsNoNumber() {
        assertThat(Quantity.limit("--quota-bytes", "unlimited")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "10GB", "ten", "1.5GiB", "999999999999999999PiB"})
    void whatIsNoSizeIsWrongUsage(String text) {
        Failure failure = catchThrowableOfType(Failure.class, () -> Quantity.limit("--quota-bytes", text));
        assertThat(failure.exitCode()).isEqualTo(2);
        assertThat(failure).hasMessageStartingWith("--quota-bytes ");
    }

    @ParameterizedTest
    @CsvSource({
        "90s, 2026-11-25T08:01:30Z",
        "10m, 2026-11-25T08:10:00Z",
        "12h, 2026-11-25T20:00:00Z",
        "30d, 2026-12-25T08:00:00Z",
        "2027-01-01T00:00:00Z, 2027-01-01T00:00:00Z",
    })
    void timesAreSpansOrInstants(String text, Instant end) {
        assertThat(Quantity.end("--expires", text, NOW)).isEqualTo(end);
    }

    @Test
    void whatIsNoTimeIsWrongUsage() {
        assertThat(catchThrowableOfType(Failure.class, () -> Quantity.end("--expires", "soon", NOW)))
                .hasMessageContaining("not 'soon'");
        assertThat(catchThrowableOfType(Failure.class, () -> Quantity.span("--valid", "soon")))
                .hasMessageContaining("not 'soon'");
    }
}
