package coffer.operation;

import coffer.api.CosError;
import coffer.request.Protocol;
import java.util.Optional;

/** Counts requests that were answered. Thread-safe. */
@FunctionalInterface
public interface RequestMeter {
    /** For what nobody watches. */
    RequestMeter NONE = _ -> {};

    /** Counts one, in memory and without waiting. Never throws. */
    void count(Answered request);

    /**
     * A request that was answered.
     *
     * @param operation empty if it was not understood
     * @param error empty if it did not fail
     * @param beginNanos from its head to the moment its answer could begin
     * @param nanos from its head to the end of its answer
     * @param receivedBytes of its body, as it came
     * @param sentBytes of the body of its answer
     */
    record Answered(
            Optional<Operation> operation,
            Protocol protocol,
            int status,
            Optional<CosError> error,
            long beginNanos,
            long nanos,
            long receivedBytes,
            long sentBytes) {}
}
