package coffer.bench;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Prints results as they come and writes them as JSON. */
final class Report {
    private final Optional<Limits> limits;
    private final List<Result> results = new ArrayList<>();
    private final Instant began = Instant.now();

    /**
     * What is written.
     *
     * @param began in ISO 8601
     * @param processors how many the Java machine sees
     */
    record Run(
            String began, int processors, String java, String system, Optional<Limits> limits, List<Result> results) {}

    Report(Optional<Limits> limits) {
        this.limits = limits;
    }

    void begin() {
        limits.ifPresent(measured -> System.out.println(measured.text()));
        System.out.println(
                "work             size   conns     ops/s      MB/s    p50 us    p90 us    p99 us  p99.9 us   us CPU/op  resident"
                        + "  of its limit");
    }

    void add(Result plain) {
        Result result =
                limits.map(measured -> plain.with(measured.share(plain))).orElse(plain);
        results.add(result);
        Map<String, Long> micros = result.micros();
        System.out.printf(
                Locale.ROOT,
                "%-15s %6s %7d %9.0f %9s %9d %9d %9d %9d %11s %9s  %s%n",
                result.workload(),
                Sizes.text(result.sizeBytes()),
                result.connections(),
                result.operationsPerSecond(),
                result.workload().movesBytes() ? String.format(Locale.ROOT, "%.0f", result.megabytesPerSecond()) : "",
                micros.get("p50"),
                micros.get("p90"),
                micros.get("p99"),
                micros.get("p99.9"),
                result.cpuMicrosAnOperation()
                        .map(cpu -> String.format(Locale.ROOT, "%.1f", cpu))
                        .orElse(""),
                result.usage().map(ProcessUsage::residentMib).orElse(""),
                result.limit()
                        .map(share -> String.format(Locale.ROOT, "%.2f of %s", share.share(), share.name()))
                        .orElse(""));
        result.errors()
                .forEach((what, count) -> System.out.printf("                FAULT: %s, %d times%n", what, count));
    }

    /** Whether no request failed. */
    boolean isClean() {
        return results.stream().allMatch(result -> result.errors().isEmpty());
    }

    void write(Path file) {
        Run run = new Run(
                began.toString(),
                Runtime.getRuntime().availableProcessors(),
                Runtime.version().toString(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                limits,
                results);
        JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build().writeValue(file.toFile(), run);
    }
}
