package coffer.inventory;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Element;
import coffer.api.XmlWriter;
import coffer.request.Numbers;
import coffer.request.Words;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;

/**
 * When reports are made: at a midnight of +08:00. A week ends with its Sunday. Source: COS API reference, "PUT Bucket
 * inventory"; COS docs, "Inventory Overview".
 *
 * @param monthlyDate the day of the month that a monthly report is made on, 1 to 28; 1 for the others
 */
public record InventorySchedule(Frequency frequency, int monthlyDate) {
    /** The zone whose days count. */
    public static final ZoneOffset ZONE = ZoneOffset.ofHours(8);

    private static final String MONTHLY_DATE = "MonthlyDate";

    /** All months have it. */
    private static final int LAST_DATE = 28;

    /** How often. */
    public enum Frequency {
        DAILY("Daily"),
        WEEKLY("Weekly"),
        MONTHLY("Monthly");

        private final String word;

        Frequency(String word) {
            this.word = word;
        }
    }

    /**
     * Reads a {@code Schedule} element.
     *
     * @throws CosException {@code MalformedXML}, {@code InvalidArgument}
     */
    static InventorySchedule read(Element schedule) {
        Frequency frequency = Words.constant("Frequency", schedule.required("Frequency"), Frequency.class);
        int date = frequency == Frequency.MONTHLY
                ? schedule.childText(MONTHLY_DATE)
                        .filter(text -> !text.isEmpty())
                        .map(text -> (int) Numbers.within(MONTHLY_DATE, text, 1, LAST_DATE))
                        .orElse(1)
                : 1;
        if (frequency != Frequency.MONTHLY
                && schedule.childText(MONTHLY_DATE)
                        .filter(text -> !text.isEmpty())
                        .isPresent()) {
            throw CosError.INVALID_ARGUMENT.because(MONTHLY_DATE + " goes with the Frequency Monthly only.");
        }
        return new InventorySchedule(frequency, date);
    }

    void write(XmlWriter xml) {
        xml.open("Schedule").element("Frequency", frequency.word);
        if (frequency == Frequency.MONTHLY) {
            xml.element(MONTHLY_DATE, monthlyDate);
        }
        xml.close("Schedule");
    }

    /** The last time that a report was to be made, up to a time. */
    public Instant last(Instant upTo) {
        LocalDate day = upTo.atOffset(ZONE).toLocalDate();
        LocalDate last = switch (frequency) {
            case DAILY -> day;
            case WEEKLY -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTHLY ->
                day.getDayOfMonth() >= monthlyDate
                        ? day.withDayOfMonth(monthlyDate)
                        : day.minusMonths(1).withDayOfMonth(monthlyDate);
        };
        return last.atStartOfDay().toInstant(ZONE);
    }
}
