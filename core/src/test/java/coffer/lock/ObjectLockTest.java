package coffer.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.record.RecordReader;
import coffer.record.RecordWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObjectLockTest {
    private static final Instant NOW = Instant.parse("2026-11-25T00:00:00Z");
    private static final Optional<ObjectLockConfiguration> TWO_DAYS = Optional.of(new ObjectLockConfiguration(
            Optional.of(new DefaultRetention(RetentionMode.COMPLIANCE, 2, DefaultRetention.Unit.DAYS))));
    private static final Optional<ObjectLockConfiguration> BARE =
            Optional.of(new ObjectLockConfiguration(Optional.empty()));

    private static Retention until(RetentionMode mode, long secondsFromNow) {
        return new Retention(mode, NOW.plusSeconds(secondsFromNow));
    }

    private static ObjectLock kept(RetentionMode mode, long secondsFromNow) {
        return new ObjectLock(Optional.of(until(mode, secondsFromNow)), Optional.empty());
    }

    private static void assertRefused(CosError error, String message, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(CosException.class, e -> {
            assertThat(e.error().code()).isEqualTo(error.code());
            assertThat(e.message()).contains(message);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "COMPLIANCE, 1, false, true",
        "COMPLIANCE, 1, true, true",
        "COMPLIANCE, 0, false, false",
        "COMPLIANCE, -1, false, false",
        "GOVERNANCE, 1, false, true",
        "GOVERNANCE, 1, true, false",
        "GOVERNANCE, 0, false, false"
    })
    void locksAVersionUntilItsTime(RetentionMode mode, long seconds, boolean bypasses, boolean locked) {
        ObjectLock lock = kept(mode, seconds);
        assertThat(lock.isLocked(NOW, bypasses)).isEqualTo(locked);
        assertThat(lock.with(LegalHold.ON).isLocked(NOW, bypasses)).isTrue();
        assertThat(lock.with(LegalHold.ON).with(LegalHold.OFF).isLocked(NOW, bypasses))
                .isEqualTo(locked);
        if (locked) {
            assertRefused(
                    CosError.OBJECT_LOCKED, "until 2026-11-25T00:00:01Z", () -> lock.requireUnlocked(NOW, bypasses));
        } else {
            lock.requireUnlocked(NOW, bypasses);
        }
    }

    @Test
    void saysWhenALegalHoldLocks() {
        ObjectLock.NONE.requireUnlocked(NOW, false);
        ObjectLock held = ObjectLock.NONE.with(LegalHold.ON);
        assertRefused(CosError.OBJECT_LOCKED, "legal hold", () -> held.requireUnlocked(NOW, true));
    }

    @ParameterizedTest
    @CsvSource({
        // before, its seconds, after, its seconds, bypasses, allowed
        "COMPLIANCE, 10, COMPLIANCE, 11, false, true",
        "COMPLIANCE, 10, COMPLIANCE, 10, false, true",
        "COMPLIANCE, 10, COMPLIANCE, 9, false, false",
        "COMPLIANCE, 10, COMPLIANCE, 9, true, false",
        "COMPLIANCE, 10, GOVERNANCE, 11, false, false",
        "COMPLIANCE, 10, GOVERNANCE, 11, true, false",
        "COMPLIANCE, -1, COMPLIANCE, 1, false, true",
        "COMPLIANCE, -1, GOVERNANCE, 1, false, true",
        "COMPLIANCE, -1, COMPLIANCE, 0, false, false",
        "COMPLIANCE, -2, COMPLIANCE, -1, false, false",
        "GOVERNANCE, 10, GOVERNANCE, 11, false, true",
        "GOVERNANCE, 10, COMPLIANCE, 10, false, false",
        "GOVERNANCE, 10, GOVERNANCE, 9, false, false",
        "GOVERNANCE, 10, GOVERNANCE, 9, true, true",
        "GOVERNANCE, 10, COMPLIANCE, 1, true, true",
        "GOVERNANCE, 10, GOVERNANCE, -1, true, false"
    })
    void letsARetentionOnlyGetLonger(
            RetentionMode before, long seconds, RetentionMode after, long then, boolean bypasses, boolean allowed) {
        ObjectLock lock = kept(before, seconds);
        Retention next = until(after, then);
        if (allowed) {
            assertThat(lock.with(next, NOW, bypasses).retention()).contains(next);
        } else {
            assertRefused(CosError.INVALID_LOCKED_TIME, "", () -> lock.with(next, NOW, bypasses));
        }
    }

    @Test
    void givesAVersionWithoutRetentionOneAndKeepsTheHold() {
        Retention next = until(RetentionMode.COMPLIANCE, 1);
        assertThat(ObjectLock.NONE.with(LegalHold.ON).with(next, NOW, false))
                .isEqualTo(new ObjectLock(Optional.of(next), Optional.of(LegalHold.ON)));
    }

    @Test
    void givesAWriteTheDefaultUnlessItBringsItsOwn() {
        assertThat(ObjectLock.ofWrite(TWO_DAYS, ObjectLock.NONE, NOW))
                .isEqualTo(kept(RetentionMode.COMPLIANCE, 2 * 24 * 60 * 60));
        ObjectLock own = kept(RetentionMode.GOVERNANCE, 5).with(LegalHold.ON);
        assertThat(ObjectLock.ofWrite(TWO_DAYS, own, NOW)).isEqualTo(own);
        assertThat(ObjectLock.ofWrite(BARE, ObjectLock.NONE, NOW)).isEqualTo(ObjectLock.NONE);
    }

    @Test
    void takesWhatWasAskedForInTimeHoweverLongTheBodyTook() {
        ObjectLock asked = kept(RetentionMode.COMPLIANCE, 1);
        asked.requireFits(BARE, NOW);
        assertThat(ObjectLock.ofWrite(TWO_DAYS, asked, NOW.plusSeconds(2))).isEqualTo(asked);
        assertRefused(CosError.INVALID_LOCKED_TIME, "future", () -> asked.requireFits(BARE, NOW.plusSeconds(1)));
    }

    @Test
    void locksNothingInABucketWithoutObjectLock() {
        assertThat(ObjectLock.ofWrite(Optional.empty(), ObjectLock.NONE, NOW)).isEqualTo(ObjectLock.NONE);
        ObjectLock.NONE.requireFits(Optional.empty(), NOW);
        for (ObjectLock asked : List.of(kept(RetentionMode.COMPLIANCE, 1), ObjectLock.NONE.with(LegalHold.ON))) {
            assertRefused(CosError.INVALID_REQUEST, "missing", () -> asked.requireFits(Optional.empty(), NOW));
            assertRefused(CosError.INVALID_REQUEST, "missing", () -> ObjectLock.ofWrite(Optional.empty(), asked, NOW));
        }
    }

    @Test
    void comesBackFromARecord() {
        for (ObjectLock lock : List.of(
                ObjectLock.NONE,
                ObjectLock.NONE.with(LegalHold.ON),
                ObjectLock.NONE.with(LegalHold.OFF),
                kept(RetentionMode.COMPLIANCE, 1),
                kept(RetentionMode.GOVERNANCE, 1).with(LegalHold.ON))) {
            RecordWriter record = new RecordWriter(1).text("before");
            lock.write(record);
            RecordReader read = new RecordReader(record.text("after").toBytes(), 1);
            assertThat(read.text()).isEqualTo("before");
            assertThat(ObjectLock.read(read)).isEqualTo(lock);
            assertThat(read.text()).isEqualTo("after");
        }
    }
}
