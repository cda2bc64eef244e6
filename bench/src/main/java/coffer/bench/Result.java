package coffer.bench;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/**
 * What a run has shown.
 *
 * @param sizeBytes of each object
 * @param ratePerSecond as asked for, 0 in a closed loop
 * @param seconds how long it was counted
 * @param micros latencies at 50, 90, 99, 99.9 and 100 per cent, from when a request was due
 * @param errors what went wrong, how often
 * @param usage of the server's process, if it is known
 * @param limit what bounds it, and how much of that was reached, if it is known
 */
record Result(
        Workload workload,
        int sizeBytes,
        int connections,
        double ratePerSecond,
        double seconds,
        double operationsPerSecond,
        double megabytesPerSecond,
        Map<String, Long> micros,
        Map<String, Long> errors,
        Optional<ProcessUsage> usage,
        Optional<Share> limit) {

    /**
     * A result as a share of its limit.
     *
     * @param name of the limit
     * @param share 1.0 is the limit itself
     */
    record Share(String name, double share) {}

    static Result of(Workload workload, int sizeBytes, LoadRun.Plan plan, LoadRun.Counted counted) {
        Histogram latencies = counted.tally().latencies();
        double seconds = seconds(counted.duration());
        return new Result(
                workload,
                sizeBytes,
                plan.connections(),
                plan.ratePerSecond(),
                seconds,
                latencies.getTotalCount() / seconds,
                counted.tally().bytes() / seconds / 1e6,
                percentiles(latencies),
                counted.tally().errors(),
                Optional.empty(),
                Optional.empty());
    }

    private static Map<String, Long> percentiles(Histogram latencies) {
        Map<String, Long> micros = new java.util.LinkedHashMap<>();
        micros.put("p50", latencies.getValueAtPercentile(50) / 1000);
        micros.put("p90", latencies.getValueAtPercentile(90) / 1000);
        micros.put("p99", latencies.getValueAtPercentile(99) / 1000);
        micros.put("p99.9", latencies.getValueAtPercentile(99.9) / 1000);
        micros.put("max", latencies.getMaxValue() / 1000);
        return micros;
    }

    Result with(ProcessUsage measured) {
        return new Result(
                workload,
                sizeBytes,
                connections,
                ratePerSecond,
                seconds,
                operationsPerSecond,
                megabytesPerSecond,
                micros,
                errors,
                Optional.of(measured),
                limit);
    }

    Result with(Optional<Share> share) {
        return new Result(
                workload,
                sizeBytes,
                connections,
                ratePerSecond,
                seconds,
                operationsPerSecond,
                megabytesPerSecond,
                micros,
                errors,
                usage,
                share);
    }

    /** The server's time on processors for one operation, in microseconds. */
    Optional<Double> cpuMicrosAnOperation() {
        return usage.filter(_ -> operationsPerSecond > 0)
                .map(used -> used.cpuSeconds() * 1e6 / (operationsPerSecond * seconds));
    }

    static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
