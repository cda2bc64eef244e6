package coffer.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Console;
import java.io.IOException;
import java.util.Optional;

/** Secrets that a command needs: from the environment or standard input, since other users of a machine see arguments. */
final class SecretInput {
    private SecretInput() {}

    /**
     * Asks for a secret.
     *
     * @param variable of the environment, which goes first
     * @param what it is, for who is asked at a terminal
     * @return without line breaks behind it, not empty
     * @throws Failure if there is none
     */
    static String read(String variable, String what) {
        String secret = Optional.ofNullable(System.getenv(variable))
                .filter(text -> !text.isEmpty())
                .orElseGet(() -> typed(what));
        if (secret.isEmpty()) {
            throw Failure.usage("Give the " + what + " in " + variable + " or on standard input.");
        }
        return secret;
    }

    private static String typed(String what) {
        Optional<Console> terminal = Optional.ofNullable(System.console()).filter(Console::isTerminal);
        if (terminal.isPresent()) {
            return Optional.ofNullable(terminal.get().readPassword("%s: ", what))
                    .map(String::new)
                    .orElse("");
        }
        try {
            return new String(System.in.readAllBytes(), UTF_8).stripTrailing();
        } catch (IOException e) {
            throw Failure.usage("Cannot read standard input: " + e.getMessage());
        }
    }
}
