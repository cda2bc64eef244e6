package coffer.background;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * How a worker is.
 *
 * @param next when it goes on, by the clock of the server, if it waits for a time
 * @param trouble why it could not go on when it last wanted to, in a sentence
 * @param figures how far it has come
 */
public record WorkerStatus(
        String name, State state, Optional<Instant> next, Optional<String> trouble, Map<String, Long> figures) {
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
