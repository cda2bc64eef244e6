package coffer.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpDateTest {
    @ParameterizedTest
    @CsvSource({"2026-02-03T01:02:03Z, 2026-02-03T01:02:03", "2024-12-31T23:59:59.999Z, 2024-12-31T23:59:59"})
    void writesWholeSeconds(Instant time, String text) {
        assertThat(HttpDate.iso(time)).isEqualTo(text + "Z");
        assertThat(HttpDate.isoMillis(time)).isEqualTo(text + ".000Z");
    }

    @ParameterizedTest
    @CsvSource("2026-02-03T01:02:03Z, 'Tue, 03 Feb 2026 01:02:03 GMT'")
    void writesADayInTwoDigits(Instant time, String text) {
        assertThat(HttpDate.rfc1123(time)).isEqualTo(text);
        assertThat(HttpDate.parse(text)).contains(time);
    }
}
