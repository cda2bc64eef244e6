package coffer.background;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Counts what a worker did in this process. Not thread-safe. */
final class WorkerRuns {
    private long begunNanos;
    private long pieces;
    private long failures;
    private Duration took = Duration.ZERO;
    private Optional<Instant> last = Optional.empty();

    void begun() {
        begunNanos = System.nanoTime();
    }

    /** @param here whether it was done in this process and not left to another */
    void ended(boolean here, Instant now, boolean failed) {
        if (here) {
            pieces++;
            failures += failed ? 1 : 0;
            took = took.plusNanos(System.nanoTime() - begunNanos);
            last = Optional.of(now);
        }
    }

    WorkerStatus.Runs view() {
        return new WorkerStatus.Runs(pieces, failures, took, last);
    }
}
