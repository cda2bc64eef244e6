package coffer.lifecycle;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Element;
import coffer.api.XmlWriter;
import coffer.request.Numbers;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** When a rule does what it does to an object. */
sealed interface When {
    /** Days after the object was written. */
    record Days(int number) implements When {}

    /**
     * On a day, whatever the age of the object.
     *
     * @param day the midnight it begins with
     */
    record Date(Instant day) implements When {}

    /** When that is for an object. */
    default Instant due(LifecycleDays days, Instant written) {
        return switch (this) {
            case Days after -> days.due(written, after.number);
            case Date date -> date.day;
        };
    }

    /**
     * Reads {@code Days} or {@code Date}.
     *
     * @return empty if there is neither
     * @throws CosException {@code InvalidArgument} if there are both, or one that cannot be
     */
    static Optional<When> read(Element parent, int leastDays, int mostDays) {
        Optional<When> days =
                parent.childText("Days").map(text -> new Days((int) Numbers.within("Days", text, leastDays, mostDays)));
        Optional<When> date = parent.childText("Date").map(text -> new Date(day(text)));
        if (days.isPresent() && date.isPresent()) {
            throw CosError.INVALID_ARGUMENT.because("A rule has either Days or Date, not both.");
        }
        return days.or(() -> date);
    }

    /** Clients send midnight of one zone or another, and some the time of day: what counts is the day in their zone. */
    private static Instant day(String text) {
        try {
            return text.contains("T")
                    ? midnight(OffsetDateTime.parse(text))
                    : LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.ofHours(8));
        } catch (DateTimeException e) {
            throw CosError.INVALID_ARGUMENT.because(
                    "Date must be a midnight such as 2030-01-01T00:00:00+08:00, not '" + text + "'.");
        }
    }

    private static Instant midnight(OffsetDateTime time) {
        return time.toLocalDate().atStartOfDay().toInstant(time.getOffset());
    }

    default void write(XmlWriter xml) {
        switch (this) {
            case Days after -> xml.element("Days", Integer.toString(after.number));
            case Date date -> xml.element("Date", text(date.day));
        }
    }

    /** In the zone whose midnight it is. */
    private static String text(Instant day) {
        boolean isUtc = Math.floorMod(day.getEpochSecond(), 86_400L) == 0;
        ZoneOffset zone = isUtc ? ZoneOffset.UTC : ZoneOffset.ofHours(8);
        return DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssXXX").format(day.atOffset(zone));
    }
}
