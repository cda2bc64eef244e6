package coffer.select;

import java.time.Duration;

/**
 * What queries may take.
 *
 * @param running how many run at once; a further one is answered {@code Busy}
 * @param duration how long one may take, the time included in which its client does not read
 * @param beforeAnswer how long an answer is held back, so that an error can still be told by a status
 * @param keepAlive the longest pause in an answer: the SDK for Go gives up after 3 seconds
 */
public record SelectLimits(int running, Duration duration, Duration beforeAnswer, Duration keepAlive) {
    /** Queries compute: more of them at once than cores would only take memory. */
    public static final SelectLimits DEFAULT =
            new SelectLimits(4, Duration.ofMinutes(10), Duration.ofMillis(900), Duration.ofMillis(900));
}
