package coffer.awssignature;

import coffer.api.CosError;
import coffer.api.CosException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** Times as signatures of AWS have them. */
final class AwsTime {
    /** How far clocks may differ. Source: S3 API reference, error code RequestTimeTooSkewed. */
    static final Duration MAX_SKEW = Duration.ofMinutes(15);

    private static final DateTimeFormatter COMPACT = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT);

    private AwsTime() {}

    /** Reads {@code 20130524T000000Z}. */
    static Optional<Instant> compact(String text) {
        try {
            return Optional.of(LocalDateTime.parse(text, COMPACT).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Writes {@code 20130524T000000Z}. */
    static String compact(Instant time) {
        return COMPACT.format(time.atOffset(ZoneOffset.UTC));
    }

    /** Reads the date of a header: compact, or as HTTP writes it. What is before 1970 is no date to S3. */
    static Optional<Instant> ofHeader(String text) {
        return compact(text).or(() -> http(text)).filter(time -> !time.isBefore(Instant.EPOCH));
    }

    /** The day of the week says nothing new and is not looked at. */
    private static Optional<Instant> http(String text) {
        try {
            String withoutDay = text.substring(text.indexOf(',') + 1).strip();
            return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(withoutDay)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /**
     * Refuses what was not signed just now.
     *
     * @throws CosException {@code RequestTimeTooSkewed}
     */
    static void requireNow(Instant signed, Instant now) {
        if (Duration.between(signed, now).abs().compareTo(MAX_SKEW) > 0) {
            throw CosError.REQUEST_TIME_TOO_SKEWED
                    .exception()
                    .with("RequestTime", signed.toString())
                    .with("ServerTime", now.toString())
                    .with("MaxAllowedSkewMilliseconds", Long.toString(MAX_SKEW.toMillis()));
        }
    }
}
