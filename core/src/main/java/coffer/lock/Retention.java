package coffer.lock;

import coffer.api.CosError;
import coffer.api.CosException;
import coffer.api.Element;
import coffer.api.XmlWriter;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * Until when a version of an object is kept. Source: COS API reference, "PUT Object retention".
 *
 * @param until to the millisecond, before the year 10000
 */
public record Retention(RetentionMode mode, Instant until) {
    private static final Instant END_OF_TIME = Instant.parse("9999-12-31T23:59:59.999Z");

    private static final DateTimeFormatter ISO_MILLIS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /**
     * Checks it.
     *
     * @throws CosException {@code InvalidArgument}
     */
    public Retention {
        until = until.truncatedTo(ChronoUnit.MILLIS);
        if (until.isBefore(Instant.EPOCH) || until.isAfter(END_OF_TIME)) {
            throw CosError.INVALID_ARGUMENT.because("RetainUntilDate must be from the year 1970 to 9999.");
        }
    }

    /**
     * Reads a {@code Retention} document.
     *
     * @throws CosException {@code MalformedXML}, {@code InvalidArgument}
     */
    public static Retention read(Element root) {
        String date = root.named("Retention").required("RetainUntilDate");
        return new Retention(DefaultRetention.mode(root), time(date));
    }

    public void write(XmlWriter xml) {
        xml.open("Retention")
                .element("Mode", mode.name())
                .element("RetainUntilDate", untilText())
                .close("Retention");
    }

    /** The date as documents and headers have it, to the millisecond. */
    public String untilText() {
        return ISO_MILLIS.format(until);
    }

    /**
     * Reads the date of a document or header, ISO 8601 with seconds or parts of them, UTC or with an offset.
     *
     * @throws CosException {@code InvalidArgument}
     */
    public static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw CosError.INVALID_ARGUMENT.because(
                    "RetainUntilDate must be a date like 2027-01-31T08:34:48.000Z, not '" + text + "'.");
        }
    }

    /** Whether the version must be left as it is. */
    public boolean holds(Instant now) {
        return now.isBefore(until);
    }
}
