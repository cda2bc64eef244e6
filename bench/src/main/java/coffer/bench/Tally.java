package coffer.bench;

import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** What one event loop has seen while it counted. Belongs to that event loop; {@link #add} joins several afterwards. */
final class Tally {
    private static final long LONGEST_NANOS = 3600L * 1_000_000_000;

    private final Histogram latencies = new Histogram(1000, LONGEST_NANOS, 3);
    private final Map<String, Long> errors = new TreeMap<>();
    private long bytes;

    void operation(long nanos) {
        latencies.recordValue(Math.clamp(nanos, 1, LONGEST_NANOS));
    }

    void bytes(long count) {
        bytes += count;
    }

    void error(String what) {
        errors.merge(what, 1L, Long::sum);
    }

    void add(Tally other) {
        latencies.add(other.latencies);
        other.errors.forEach((what, count) -> errors.merge(what, count, Long::sum));
        bytes += other.bytes;
    }

    Histogram latencies() {
        return latencies;
    }

    Map<String, Long> errors() {
        return errors;
    }

    long bytes() {
        return bytes;
    }
}
