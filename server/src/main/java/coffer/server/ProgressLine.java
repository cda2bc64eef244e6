package coffer.server;

import java.io.Console;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/** Says on standard output how far something is: one line that changes on a terminal, else a line now and then. Thread-safe. */
final class ProgressLine {
    private static final Duration ON_TERMINAL = Duration.ofMillis(250);
    private static final Duration ELSEWHERE = Duration.ofSeconds(10);

    private final InstantSource clock;
    private final boolean isTerminal =
            Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    private final Instant begun;

    // All below is guarded by this.
    private Instant next;
    private boolean lineIsOpen;

    ProgressLine(InstantSource clock) {
        this.clock = clock;
        this.begun = clock.instant();
        this.next = begun.plus(pause());
    }

    private Duration pause() {
        return isTerminal ? ON_TERMINAL : ELSEWHERE;
    }

    /** Shows how far it is, if it is time to. */
    synchronized void show(Supplier<String> text) {
        Instant now = clock.instant();
        if (now.isBefore(next)) {
            return;
        }
        next = now.plus(pause());
        if (isTerminal) {
            System.out.print("\r\033[K" + text.get());
            System.out.flush();
            lineIsOpen = true;
        } else {
            line(text.get());
        }
    }

    /** Says something that stays. */
    synchronized void line(String text) {
        System.out.println((lineIsOpen ? "\r\033[K" : "") + text);
        lineIsOpen = false;
    }

    /** Since it was begun. */
    double seconds() {
        return Duration.between(begun, clock.instant()).toMillis() / 1000.0;
    }
}
