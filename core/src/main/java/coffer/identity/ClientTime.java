package coffer.identity;

import java.time.Instant;
import java.time.InstantSource;

/**
 * A clock that knows what time it is for a client: the clocks of clients are not moved when that of a server is, which is
 * done in development.
 */
public interface ClientTime extends InstantSource {
    /**
     * What time it is for a client.
     *
     * @param signed when it signed, by its own clock
     * @param lasting whether that is to be used for a while, as a URL or a form is, and gets old as this clock moves
     */
    Instant instantFor(Instant signed, boolean lasting);

    /** What time it is for a client: by any other clock, the same as for all. */
    static Instant now(InstantSource clock, Instant signed, boolean lasting) {
        return clock instanceof ClientTime client ? client.instantFor(signed, lasting) : clock.instant();
    }
}
