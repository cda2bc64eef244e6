package coffer.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** {@code coffer bench report}. */
@Command(
        name = "report",
        description = "Prints what runs have written by --json as tables in Markdown.",
        mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", arity = "1..*", description = "One table each.")
    private List<Path> files = List.of();

    @Override
    public Integer call() {
        for (Path file : files) {
            Report.Run run = JsonMapper.shared().readValue(file.toFile(), Report.Run.class);
            System.out.printf(
                    "%s, %d processors, Java %s, %s.%n",
                    run.began().substring(0, 10), run.processors(), run.java(), run.system());
            run.limits().ifPresent(ReportCommand::print);
            System.out.println("""

                    | Work | Size | Connections | Operations/s | MB/s | p50 µs | p90 µs | p99 µs | p99.9 µs | CPU µs/op | Of its limit |
                    | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |""");
            run.results().forEach(ReportCommand::print);
            System.out.println();
        }
        return 0;
    }

    private static void print(Limits limits) {
        System.out.printf(
                Locale.ROOT,
                "Limits in the same run: sync of 4 KiB %.0f µs; 4 KiB objects, 32 to a sync, %,.0f/s; sequential write"
                        + " %,.0f MB/s; MD5 %,.0f MB/s and CRC-64 %,.0f MB/s on one core; sendfile to a loopback socket"
                        + " %,.0f MB/s; bare 4 KiB answers by the same driver %,.0f/s, on one connection %,.0f/s.%n",
                1e6 / limits.syncsPerSecond(),
                limits.groupedPerSecond(),
                limits.writeMegabytesPerSecond(),
                limits.md5MegabytesPerSecond(),
                limits.crc64MegabytesPerSecond(),
                limits.sendfileMegabytesPerSecond(),
                limits.answersPerSecond(),
                limits.answersAlonePerSecond());
    }

    private static void print(Result result) {
        Map<String, Long> micros = result.micros();
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %d | %,.0f | %s | %,d | %,d | %,d | %,d | %s | %s |%n",
                result.workload(),
                Sizes.text(result.sizeBytes()),
                result.connections(),
                result.operationsPerSecond(),
                result.megabytesPerSecond() >= 1
                        ? String.format(Locale.ROOT, "%,.0f", result.megabytesPerSecond())
                        : "",
                micros.get("p50"),
                micros.get("p90"),
                micros.get("p99"),
                micros.get("p99.9"),
                result.cpuMicrosAnOperation()
                        .map(cpu -> String.format(Locale.ROOT, "%,.0f", cpu))
                        .orElse(""),
                result.limit()
                        .map(share -> String.format(Locale.ROOT, "%.2f of %s", share.share(), share.name()))
                        .orElse(""));
    }
}
