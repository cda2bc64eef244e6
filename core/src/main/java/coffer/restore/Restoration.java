package coffer.restore;

import coffer.api.HttpDate;
import coffer.record.RecordReader;
import coffer.record.RecordWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * That an archived object was asked to be restored. From {@code ready} on it can be read, until it expires; then it is
 * archived again, as if this were not there. Source: COS API reference, "POST Object restore", "HEAD Object".
 *
 * @param tier how urgent it was
 * @param requested when it was asked for, to the millisecond
 * @param ready when it is done, not before {@code requested}
 * @param expires when it ends
 */
public record Restoration(RestoreTier tier, Instant requested, Instant ready, Instant expires) {
    /** Restored objects expire at midnight where COS is at home. */
    private static final ZoneOffset HOME = ZoneOffset.ofHours(8);

    public Restoration {
        requested = requested.truncatedTo(ChronoUnit.MILLIS);
        ready = ready.truncatedTo(ChronoUnit.MILLIS);
    }

    /**
     * Begins one.
     *
     * @param takes how long it takes
     */
    public static Restoration begin(RestoreRequest asked, Instant now, Duration takes) {
        Instant ready = now.plus(takes);
        return new Restoration(asked.tier(), now, ready, expiry(ready, asked.days()));
    }

    /** This one, which is done, readable for so many days from now. */
    public Restoration extended(RestoreRequest asked, Instant now) {
        return new Restoration(tier, requested, ready, expiry(now, asked.days()));
    }

    /** The first midnight after so many days. */
    private static Instant expiry(Instant from, int days) {
        return from.atOffset(HOME)
                .toLocalDate()
                .plusDays(days + 1L)
                .atStartOfDay()
                .toInstant(HOME);
    }

    /** Whether it is not done yet. */
    public boolean isOngoing(Instant now) {
        return now.isBefore(ready);
    }

    /** Whether it has expired. */
    public boolean isOver(Instant now) {
        return !now.isBefore(expires);
    }

    /** The header {@code x-cos-restore}; not for one that is over. */
    public String text(Instant now) {
        return isOngoing(now)
                ? "ongoing-request=\"true\""
                : "ongoing-request=\"false\", expiry-date=\"" + HttpDate.rfc1123(expires) + "\"";
    }

    /** The header {@code x-cos-restore-status}, for one that is ongoing. */
    public String status() {
        return "tier=\"" + tier.text() + "\"; request-date=\"" + HttpDate.rfc1123(requested) + "\"";
    }

    /** Adds it to a record. */
    public void write(RecordWriter out) {
        out.text(tier.name()).time(requested).time(ready).time(expires);
    }

    /** Reads what {@link #write} added. */
    public static Restoration read(RecordReader in) {
        return new Restoration(RestoreTier.valueOf(in.text()), in.time(), in.time(), in.time());
    }
}
