package coffer.signature;

import coffer.api.CosError;
import coffer.api.CosException;
import java.time.Instant;

/**
 * From when to when a signature or its key holds.
 *
 * @param text as it was sent, which is what is signed
 * @param startSeconds since 1970, inclusive
 * @param endSeconds since 1970, inclusive
 */
record TimeSpan(String text, long startSeconds, long endSeconds) {
    /** How far clocks may differ. Source: COS API reference, error code RequestTimeTooSkewed. */
    private static final long MAX_SKEW_SECONDS = 900;

    /** In the year 9999. */
    private static final long MAX_SECONDS = 253_402_300_799L;

    /**
     * Reads {@code start;end}.
     *
     * @throws CosException {@code AccessDenied} if it is not that
     */
    static TimeSpan parse(String text) {
        int semicolon = text.indexOf(';');
        try {
            if (semicolon > 0) {
                return new TimeSpan(
                        text,
                        Long.parseLong(text, 0, semicolon, 10),
                        Long.parseLong(text, semicolon + 1, text.length(), 10));
            }
        } catch (NumberFormatException e) {
            // the same error as a missing semicolon
        }
        throw CosError.ACCESS_DENIED.because("q-sign-time and q-key-time must be start;end in Unix seconds.");
    }

    /** When it begins. */
    Instant start() {
        return Instant.ofEpochSecond(Math.clamp(startSeconds, 0, MAX_SECONDS));
    }

    /**
     * Lets pass a span that holds now, or will within the allowed skew.
     *
     * @throws CosException {@code AccessDenied} with the message {@code Request has expired}, or
     *     {@code RequestTimeTooSkewed}
     */
    void requireNow(Instant now) {
        long seconds = now.getEpochSecond();
        if (endSeconds < startSeconds) {
            throw CosError.ACCESS_DENIED.because("The signature ends before it starts.");
        }
        if (seconds > endSeconds) {
            throw CosError.ACCESS_DENIED
                    .because("Request has expired")
                    .noting(
                            "finding",
                            "The signature ended " + (seconds - endSeconds)
                                    + " seconds ago by the clock of this server; it" + " began "
                                    + (seconds - startSeconds) + " seconds ago.");
        }
        if (startSeconds - seconds > MAX_SKEW_SECONDS) {
            throw CosError.REQUEST_TIME_TOO_SKEWED
                    .exception()
                    .noting(
                            "finding",
                            "The signature begins in " + (startSeconds - seconds)
                                    + " seconds by the clock of this server: the client's clock is ahead.");
        }
    }
}
