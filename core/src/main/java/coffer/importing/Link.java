package coffer.importing;

import coffer.remote.RemoteObjects;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * A bucket and where it goes to, and what all copies share.
 *
 * @param streams one for each object or part whose bytes are under way
 * @param unknownClasses storage classes that the target has refused; thread-safe
 */
record Link(
        RemoteObjects source,
        RemoteObjects target,
        ImportPlan plan,
        Persistence persistence,
        Journal journal,
        Tally tally,
        Semaphore streams,
        Set<String> unknownClasses) {

    /** An attempt to move bytes, repeated if it may go better. */
    <T> T stream(Supplier<T> attempt) {
        return persistence.call(() -> {
            streams.acquireUninterruptibly();
            try {
                return attempt.get();
            } finally {
                streams.release();
            }
        });
    }
}
