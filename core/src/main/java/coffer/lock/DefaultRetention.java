package coffer.lock;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Element;
import coffer.api.XmlWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

/**
 * The retention of objects that are written without one of their own.
 *
 * @param length 1 to 36500 days or 100 years, from the time of the write
 * @param unit what the length counts; COS has only days
 */
public record DefaultRetention(RetentionMode mode, int length, Unit unit) {
    private static final int MAX_DAYS = 36_500;

    /** What the length of a retention counts, by the name of its element. */
    public enum Unit {
        DAYS("Days", MAX_DAYS),
        YEARS("Years", 100);

        private final String element;
        private final int most;

        Unit(String element, int most) {
            this.element = element;
            this.most = most;
        }
    }

    /**
     * Checks it.
     *
     * @throws CosException {@code InvalidLockedTime}
     */
    public DefaultRetention {
        if (length < 1 || length > unit.most) {
            throw CosError.INVALID_LOCKED_TIME.because(
                    unit.element + " must be from 1 to " + unit.most + ", not " + length + ".");
        }
    }

    static DefaultRetention read(Element retention) {
        boolean inYears = retention.child(Unit.YEARS.element).isPresent();
        if (inYears && retention.child(Unit.DAYS.element).isPresent()) {
            throw CosError.MALFORMED_XML.because("A DefaultRetention has either Days or Years.");
        }
        Unit unit = inYears ? Unit.YEARS : Unit.DAYS;
        return new DefaultRetention(mode(retention), length(unit, retention.required(unit.element)), unit);
    }

    void write(XmlWriter xml) {
        xml.open("DefaultRetention")
                .element("Mode", mode.name())
                .element(unit.element, length)
                .close("DefaultRetention");
    }

    /** The retention of an object written at this time. */
    public Retention from(Instant written) {
        return new Retention(
                mode,
                switch (unit) {
                    case DAYS -> written.plus(Duration.ofDays(length));
                    case YEARS ->
                        written.atOffset(ZoneOffset.UTC).plusYears(length).toInstant();
                });
    }

    /** The mode a document names; COS can leave it out. */
    static RetentionMode mode(Element retention) {
        return retention
                .childText("Mode")
                .filter(text -> !text.isEmpty())
                .map(text -> RetentionMode.parse("Mode", text))
                .orElse(RetentionMode.COMPLIANCE);
    }

    private static int length(Unit unit, String text) {
        try {
            return Math.clamp(Long.parseLong(text), 0, unit.most + 1);
        } catch (NumberFormatException e) {
            throw CosError.INVALID_ARGUMENT.because(
                    unit.element + " must be a number from 1 to " + unit.most + ", not '" + text + "'.");
        }
    }
}
