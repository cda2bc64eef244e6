package coffer.operation;

import coffer.store.Trouble;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Whether the server can do its work: one answer for whoever asks, on whatever port. Thread-safe. */
public final class ServerHealth {
    /** What leaves reads, and deletions that make room, to be done: nobody could do them if requests were sent elsewhere. */
    private static final Set<Trouble.Kind> PARTIAL = EnumSet.of(Trouble.Kind.FULL, Trouble.Kind.READ_ONLY);

    private final Supplier<Optional<Trouble>> trouble;
    private volatile Phase phase = Phase.STARTING;

    private enum Phase {
        STARTING,
        SERVING,
        CLOSING
    }

    /**
     * What is wrong.
     *
     * @param reason for programs: starting, closing, or a kind of {@link Trouble} in lower case
     * @param message what is wrong and what to do, for people
     */
    public record Finding(String reason, String message) {}

    /** @param trouble see {@link coffer.store.Engine#trouble} */
    public ServerHealth(Supplier<Optional<Trouble>> trouble) {
        this.trouble = trouble;
    }

    /** Everything runs. */
    public void started() {
        phase = Phase.SERVING;
    }

    /** The server is about to end, and is to be sent nothing more. */
    public void closing() {
        phase = Phase.CLOSING;
    }

    /** Why it should be sent no requests; empty if it should. */
    public Optional<Finding> unready() {
        return switch (phase) {
            case STARTING -> Optional.of(new Finding("starting", "The server is starting; ask again in a moment."));
            case CLOSING ->
                Optional.of(new Finding(
                        "closing", "The server is closing; requests in flight are finished, send others elsewhere."));
            case SERVING ->
                trouble.get().filter(found -> !PARTIAL.contains(found.kind())).map(ServerHealth::finding);
        };
    }

    /** What it cannot do though it should be sent requests; empty if it can do everything. */
    public Optional<Finding> degraded() {
        return trouble.get().filter(found -> PARTIAL.contains(found.kind())).map(ServerHealth::finding);
    }

    /** Why it should be started again; empty if that would not help. */
    public Optional<Finding> dead() {
        return trouble.get()
                .filter(found -> found.kind() == Trouble.Kind.BROKEN)
                .map(ServerHealth::finding);
    }

    /** What the store suffers from. */
    public Optional<Trouble> trouble() {
        return trouble.get();
    }

    private static Finding finding(Trouble found) {
        return new Finding(found.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'), found.sentence());
    }
}
