package coffer.background;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * How a worker is.
 *
 * @param next when it goes on, by the clock of the server, if it waits for a time
 * @param trouble why it could not go on when it last wanted to, in a sentence
 * @param figures how far it has come
 * @param runs what it did since the start of the process
 */
public record WorkerStatus(
        String name,
        State state,
        Optional<Instant> next,
        Optional<String> trouble,
        Map<String, Long> figures,
        Runs runs) {
    /**
     * What it did in this process.
     *
     * @param pieces of work, also those that failed
     * @param took all of them together
     * @param last when the last one ended, by the clock of the server
     */
    public record Runs(long pieces, long failures, Duration took, Optional<Instant> last) {}

    /** What it does. */
    public enum State {
        /** Something, or is about to. */
        WORKING,
        /** Nothing, since nothing is due. */
        WAITING,
        /** Nothing, since it was told so. */
        PAUSED,
        /** Nothing for a while, since it could not. */
        FAILING,
        /** Nothing, since another process leads. */
        ELSEWHERE
    }
}
