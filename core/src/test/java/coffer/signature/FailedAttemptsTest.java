package coffer.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import coffer.api.CosError;
import coffer.api.CosException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailedAttemptsTest {
    private static final String OWNER = "AKIDowner";

    private Instant now = Instant.parse("2026-11-25T08:00:00Z");
    private final FailedAttempts attempts = new FailedAttempts(() -> now);

    @Test
    void afterABurstOfFailuresNothingIsLookedAtForAWhile() {
        exhaust("10.0.0.1");
        assertThat(refusal("10.0.0.1", "AKIDguess")).isEqualTo(CosError.SLOW_DOWN);
        now = now.plus(Duration.ofSeconds(1));
        int lookedAt = 0;
        while (refusal("10.0.0.1", "AKIDguess") == CosError.INVALID_ACCESS_KEY_ID) {
            lookedAt++;
        }
        assertThat(lookedAt).isEqualTo(FailedAttempts.PER_SECOND);
        now = now.plus(Duration.ofMinutes(5));
        exhaust("10.0.0.1");
    }

    @Test
    void otherAddressesAreNotConcerned() {
        exhaust("10.0.0.1");
        assertThat(attempts.allows("10.0.0.2", OWNER)).isTrue();
    }

    @Test
    void theOwnerAtTheSameAddressGoesOn() {
        assertThat(attempts.guard("10.0.0.1", OWNER, () -> "right")).isEqualTo("right");
        exhaust("10.0.0.1");
        for (int i = 0; i < 1000; i++) {
            assertThat(attempts.guard("10.0.0.1", OWNER, () -> "right")).isEqualTo("right");
        }
        now = now.plus(Duration.ofMinutes(30));
        assertThat(attempts.guard("10.0.0.1", OWNER, () -> "right")).isEqualTo("right");
        now = now.plus(Duration.ofMinutes(59));
        exhaust("10.0.0.1");
        assertThat(attempts.allows("10.0.0.1", OWNER)).isTrue();
        now = now.plus(Duration.ofHours(2));
        exhaust("10.0.0.1");
        assertThat(attempts.allows("10.0.0.1", OWNER)).isFalse();
    }

    @Test
    void guessingTheKeyOfANeighbourIsSlowedDownToo() {
        assertThat(attempts.guard("10.0.0.1", OWNER, () -> "right")).isEqualTo("right");
        for (int i = 0; i < FailedAttempts.BURST; i++) {
            assertThat(refusal("10.0.0.1", OWNER)).isEqualTo(CosError.INVALID_ACCESS_KEY_ID);
        }
        assertThat(refusal("10.0.0.1", OWNER)).isEqualTo(CosError.SLOW_DOWN);
        assertThat(attempts.allows("10.0.0.1", "AKIDother")).isTrue();
    }

    @Test
    void onlyWrongKeysCount() {
        for (int i = 0; i < 1000; i++) {
            CosException expired = catchThrowableOfType(
                    CosException.class,
                    () -> attempts.guard("10.0.0.1", OWNER, () -> {
                        throw CosError.ACCESS_DENIED.because("Request has expired");
                    }));
            assertThat(expired.error()).isEqualTo(CosError.ACCESS_DENIED);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8:1:2::1, 2001:db8:1:2:ffff::9, true",
        "2001:db8:1:2::1, 2001:db8:1:3::1, false",
        "::ffff:10.0.0.1, 10.0.0.1, true",
    })
    void aNetworkOfIpv6IsOneSource(String one, String other, boolean same) {
        exhaust(one);
        assertThat(attempts.allows(other, "AKIDguess")).isEqualTo(!same);
    }

    private void exhaust(String address) {
        for (int i = 0; i < FailedAttempts.BURST; i++) {
            assertThat(refusal(address, "AKIDguess" + i)).isEqualTo(CosError.INVALID_ACCESS_KEY_ID);
        }
    }

    private CosError refusal(String address, String key) {
        return catchThrowableOfType(
                        CosException.class,
                        () -> attempts.guard(address, key, () -> {
                            throw CosError.INVALID_ACCESS_KEY_ID.exception();
                        }))
                .error();
    }
}
