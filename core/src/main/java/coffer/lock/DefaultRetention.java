package coffer.lock;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Element;
import coffer.api.XmlWriter;
import coffer.request.Words;
import java.time.Duration;
import java.time.Instant;

/**
 * The retention of objects that are written without one of their own.
 *
 * @param days 1 to 36500, from the time of the write
 */
public record DefaultRetention(RetentionMode mode, int days) {
    private static final int MAX_DAYS = 36_500;

    /**
     * Checks it.
     *
     * @throws CosException {@code InvalidLockedTime}
     */
    public DefaultRetention {
        if (days < 1 || days > MAX_DAYS) {
            throw CosError.INVALID_LOCKED_TIME.because("Days must be from 1 to " + MAX_DAYS + ", not " + days + ".");
        }
    }

    static DefaultRetention read(Element retention) {
        return new DefaultRetention(mode(retention), days(retention.required("Days")));
    }

    void write(XmlWriter xml) {
        xml.open("DefaultRetention")
                .element("Mode", mode.name())
                .element("Days", days)
                .close("DefaultRetention");
    }

    /** The retention of an object written at this time. */
    public Retention from(Instant written) {
        return new Retention(mode, written.plus(Duration.ofDays(days)));
    }

    /** The mode a document names; COS can leave it out. */
    static RetentionMode mode(Element retention) {
        return retention
                .childText("Mode")
                .filter(text -> !text.isEmpty())
                .map(text -> Words.constant("Mode", text, RetentionMode.class))
                .orElse(RetentionMode.COMPLIANCE);
    }

    private static int days(String text) {
        try {
            return Math.clamp(Long.parseLong(text), 0, MAX_DAYS + 1);
        } catch (NumberFormatException e) {
            throw CosError.INVALID_ARGUMENT.because(
                    "Days must be a number from 1 to " + MAX_DAYS + ", not '" + text + "'.");
        }
    }
}
