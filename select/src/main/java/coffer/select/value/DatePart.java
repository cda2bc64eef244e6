package coffer.select.value;

import java.time.temporal.ChronoUnit;

/** A part of a timestamp. */
public enum DatePart {
    YEAR(ChronoUnit.YEARS),
    MONTH(ChronoUnit.MONTHS),
    DAY(ChronoUnit.DAYS),
    HOUR(ChronoUnit.HOURS),
    MINUTE(ChronoUnit.MINUTES),
    SECOND(ChronoUnit.SECONDS),
    TIMEZONE_HOUR(ChronoUnit.FOREVER),
    TIMEZONE_MINUTE(ChronoUnit.FOREVER);

    private final ChronoUnit unit;

    DatePart(ChronoUnit unit) {
        this.unit = unit;
    }

    ChronoUnit unit() {
        return unit;
    }

    /** Whether it is of the zone, not of the time. */
    public boolean isOfZone() {
        return unit == ChronoUnit.FOREVER;
    }
}
