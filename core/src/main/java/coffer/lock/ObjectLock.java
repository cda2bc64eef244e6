package coffer.lock;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.record.RecordReader;
import coffer.record.RecordWriter;
import java.time.Instant;
import java.util.Optional;

/**
 * What keeps one version of an object from being changed: overwritten, deleted, given other metadata, another class or
 * other tags. Its ACL may be changed all the same.
 *
 * @param hold as it was set last; empty if it never was
 */
public record ObjectLock(Optional<Retention> retention, Optional<LegalHold> hold) {
    private static final long NO_RETENTION = 0;
    private static final long COMPLIANCE = 1;
    private static final long GOVERNANCE = 2;
    private static final long NEVER_HELD = 0;
    private static final long HELD = 1;
    private static final long RELEASED = 2;

    /** The words of S3, which its clients look for. */
    public static final String NOT_ENABLED = "Bucket is missing Object Lock Configuration";

    /** Nothing does. */
    public static final ObjectLock NONE = new ObjectLock(Optional.empty(), Optional.empty());

    /**
     * Checks whether a writer may ask for this lock.
     *
     * @param configuration of the bucket, if object lock is on
     * @param now when it is asked for; once the body has arrived the retention may be over
     * @throws CosException {@code InvalidLockedTime} if its retention is over, {@code InvalidRequest} if it is one and
     *     object lock is off
     */
    public void requireFits(Optional<ObjectLockConfiguration> configuration, Instant now) {
        if (configuration.isEmpty() && !equals(NONE)) {
            throw CosError.INVALID_REQUEST.because(NOT_ENABLED);
        }
        retention.ifPresent(asked -> requireFuture(asked, now));
    }

    /**
     * The lock of a version that is being written.
     *
     * @param configuration of the bucket, if object lock is on
     * @param asked what its writer asks for
     * @throws CosException {@code InvalidRequest} if it asks for a lock and object lock is off
     */
    public static ObjectLock ofWrite(Optional<ObjectLockConfiguration> configuration, ObjectLock asked, Instant now) {
        if (configuration.isEmpty()) {
            asked.requireFits(configuration, now);
            return NONE;
        }
        return new ObjectLock(
                asked.retention.or(() -> configuration.get().defaultRetention().map(retention -> retention.from(now))),
                asked.hold);
    }

    /**
     * Whether the version must be left as it is.
     *
     * @param bypassesGovernance whether the caller may change what is under governance, and says so
     */
    public boolean isLocked(Instant now, boolean bypassesGovernance) {
        return isHeld() || binding(now, bypassesGovernance).isPresent();
    }

    /**
     * Checks whether the version may be changed or deleted, see {@link #isLocked}.
     *
     * @throws CosException {@code ObjectLocked} that says why and until when
     */
    public void requireUnlocked(Instant now, boolean bypassesGovernance) {
        if (isLocked(now, bypassesGovernance)) {
            String reason = isHeld()
                    ? "The object is under legal hold."
                    : retention
                            .map(kept -> "The object is locked until " + kept.until() + ".")
                            .orElseThrow();
            throw CosError.OBJECT_LOCKED.because(reason);
        }
    }

    /**
     * This lock with another retention. While one holds it can only get longer, and its mode stays; the same once more is no change, as clients repeat a request they could not see the outcome of.
     *
     * @param bypassesGovernance whether the caller may change what is under governance, and says so
     * @throws CosException {@code InvalidLockedTime}
     */
    public ObjectLock with(Retention next, Instant now, boolean bypassesGovernance) {
        requireFuture(next, now);
        binding(now, bypassesGovernance).ifPresent(kept -> requireFirmer(next, kept));
        return new ObjectLock(Optional.of(next), hold);
    }

    /** This lock with the hold put on or taken off. */
    public ObjectLock with(LegalHold next) {
        return new ObjectLock(retention, Optional.of(next));
    }

    /** Adds it to a record: two numbers, and a time if there is a retention. */
    public void write(RecordWriter record) {
        record.number(hold.map(set -> set == LegalHold.ON ? HELD : RELEASED).orElse(NEVER_HELD));
        record.number(retention
                .map(kept -> kept.mode() == RetentionMode.COMPLIANCE ? COMPLIANCE : GOVERNANCE)
                .orElse(NO_RETENTION));
        retention.ifPresent(kept -> record.time(kept.until()));
    }

    /** Reads what {@link #write} added. */
    public static ObjectLock read(RecordReader record) {
        long held = record.number();
        Optional<LegalHold> hold =
                held == NEVER_HELD ? Optional.empty() : Optional.of(held == HELD ? LegalHold.ON : LegalHold.OFF);
        long mode = record.number();
        return new ObjectLock(
                mode == NO_RETENTION
                        ? Optional.empty()
                        : Optional.of(new Retention(
                                mode == COMPLIANCE ? RetentionMode.COMPLIANCE : RetentionMode.GOVERNANCE,
                                record.time())),
                hold);
    }

    private boolean isHeld() {
        return hold.equals(Optional.of(LegalHold.ON));
    }

    /** The retention that binds a caller now. */
    private Optional<Retention> binding(Instant now, boolean bypassesGovernance) {
        return retention
                .filter(kept -> kept.holds(now))
                .filter(kept -> kept.mode() == RetentionMode.COMPLIANCE || !bypassesGovernance);
    }

    private static void requireFirmer(Retention next, Retention kept) {
        if (next.until().isBefore(kept.until())) {
            throw CosError.LOCKED_TIME_TOO_SHORT.because(
                    "A retention can only get longer: it holds until " + kept.until() + ".");
        }
        if (kept.mode() != next.mode()) {
            throw CosError.LOCKED_TIME_TOO_SHORT.because("The mode of a retention that holds cannot be changed.");
        }
    }

    private static void requireFuture(Retention retention, Instant now) {
        if (!retention.holds(now)) {
            throw CosError.INVALID_LOCKED_TIME.because("The retain until date must be in the future!");
        }
    }
}
