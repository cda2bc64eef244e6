package coffer.background;

import java.time.Instant;

/** When a worker wants to go on. */
public sealed interface Next {
    /** There is more to do. */
    record Now() implements Next {}

    /**
     * There is nothing to do before a time.
     *
     * @param time by the clock of the server
     */
    record At(Instant time) implements Next {}
}
