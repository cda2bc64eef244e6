package coffer.restore;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.record.RecordReader;
import coffer.record.RecordWriter;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What time makes of a restoration. */
class RestorationTest {
    private static final Instant NOW = Instant.parse("2026-03-02T09:34:50.123456Z");
    private static final RestoreRequest ONE_DAY = new RestoreRequest(1, RestoreTier.BULK);

    @Test
    void isOngoingThenDoneThenOver() {
        Restoration restoration = Restoration.begin(ONE_DAY, NOW, Duration.ofHours(5));
        Instant ready = NOW.plus(Duration.ofHours(5));
        assertThat(restoration.isOngoing(NOW)).isTrue();
        assertThat(restoration.isOngoing(ready.minusMillis(1))).isTrue();
        assertThat(restoration.text(NOW)).isEqualTo("ongoing-request=\"true\"");
        assertThat(restoration.status()).isEqualTo("tier=\"bulk\"; request-date=\"Mon, 02 Mar 2026 09:34:50 GMT\"");

        assertThat(restoration.isOngoing(ready)).isFalse();
        assertThat(restoration.text(ready))
                .isEqualTo("ongoing-request=\"false\", expiry-date=\"Tue, 03 Mar 2026 16:00:00 GMT\"");
        Instant end = Instant.parse("2026-03-03T16:00:00Z");
        assertThat(restoration.isOver(end.minusMillis(1))).isFalse();
        assertThat(restoration.isOver(end)).isTrue();
    }

    /** At midnight in Beijing, and never before all of the days are over. */
    @ParameterizedTest
    @CsvSource({
        "2026-03-02T00:00:00Z, 1, 2026-03-03T16:00:00Z",
        "2026-03-02T15:59:59.999Z, 1, 2026-03-03T16:00:00Z",
        "2026-03-02T16:00:00Z, 1, 2026-03-04T16:00:00Z",
        "2026-02-27T20:00:00Z, 2, 2026-03-02T16:00:00Z",
        "2026-12-31T12:00:00Z, 365, 2027-12-31T16:00:00Z",
    })
    void endsAtMidnightAfterItsDays(Instant from, int days, Instant end) {
        RestoreRequest asked = new RestoreRequest(days, RestoreTier.STANDARD);
        assertThat(Restoration.begin(asked, from, Duration.ZERO).expires()).isEqualTo(end);
        assertThat(Restoration.begin(asked, from.minusSeconds(3600), Duration.ofHours(1))
                        .expires())
                .as("days begin when it is done")
                .isEqualTo(end);
        assertThat(Restoration.begin(asked, Instant.EPOCH, Duration.ZERO)
                        .extended(asked, from)
                        .expires())
                .isEqualTo(end);
    }

    @Test
    void anExtensionChangesNothingButTheEnd() {
        Restoration first = Restoration.begin(ONE_DAY, NOW, Duration.ofHours(5));
        Restoration extended = first.extended(new RestoreRequest(30, RestoreTier.EXPEDITED), NOW.plusSeconds(86_400));
        assertThat(extended)
                .isEqualTo(new Restoration(first.tier(), first.requested(), first.ready(), extended.expires()));
        assertThat(extended.expires()).isEqualTo(Instant.parse("2026-04-02T16:00:00Z"));
    }

    @Test
    void isReadAsItWasWritten() {
        Restoration restoration = Restoration.begin(ONE_DAY, NOW, Duration.ofMillis(1500));
        RecordWriter out = new RecordWriter(1);
        restoration.write(out);
        assertThat(Restoration.read(new RecordReader(out.toBytes(), 1))).isEqualTo(restoration);
    }
}
