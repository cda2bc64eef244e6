package coffer.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
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
    public Integer call() throws IOException {
        for (Path file : files) {
            JsonNode run = JsonMapper.shared().readTree(Files.readString(file));
            System.out.printf(
                    "%s, %d processors, Java %s, %s.%n",
                    run.get("began").asString().substring(0, 10),
                    run.get("processors").asInt(),
                    run.get("java").asString(),
                    run.get("system").asString());
            printLimits(run.get("limits"));
            System.out.println("""

                    | Work | Size | Connections | Operations/s | MB/s | p50 µs | p90 µs | p99 µs | p99.9 µs | CPU µs/op | Of its limit |
                    | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |""");
            run.get("results").forEach(ReportCommand::print);
            System.out.println();
        }
        return 0;
    }

    private static void printLimits(JsonNode limits) {
        if (limits.isNull()) {
            return;
        }
        System.out.printf(
                Locale.ROOT,
                "Limits in the same run: sync of 4 KiB %.0f µs; 4 KiB objects, 32 to a sync, %,.0f/s; sequential write"
                        + " %,.0f MB/s; MD5 %,.0f MB/s and CRC-64 %,.0f MB/s on one core; sendfile to a loopback socket"
                        + " %,.0f MB/s; bare 4 KiB answers by the same driver %,.0f/s, on one connection %,.0f/s.%n",
                1e6 / limits.get("syncsPerSecond").asDouble(),
                limits.get("groupedPerSecond").asDouble(),
                limits.get("writeMegabytesPerSecond").asDouble(),
                limits.get("md5MegabytesPerSecond").asDouble(),
                limits.get("crc64MegabytesPerSecond").asDouble(),
                limits.get("sendfileMegabytesPerSecond").asDouble(),
                limits.get("answersPerSecond").asDouble(),
                limits.get("answersAlonePerSecond").asDouble());
    }

    private static void print(JsonNode result) {
        double operations = result.get("operationsPerSecond").asDouble();
        double megabytes = result.get("megabytesPerSecond").asDouble();
        JsonNode micros = result.get("micros");
        JsonNode usage = result.get("usage");
        JsonNode limit = result.get("limit");
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %d | %,.0f | %s | %,d | %,d | %,d | %,d | %s | %s |%n",
                result.get("workload").asString(),
                Sizes.text(result.get("sizeBytes").asInt()),
                result.get("connections").asInt(),
                operations,
                megabytes >= 1 ? String.format(Locale.ROOT, "%,.0f", megabytes) : "",
                micros.get("p50").asLong(),
                micros.get("p90").asLong(),
                micros.get("p99").asLong(),
                micros.get("p99.9").asLong(),
                usage.isNull()
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                "%,.0f",
                                usage.get("cpuSeconds").asDouble()
                                        * 1e6
                                        / (operations * result.get("seconds").asDouble())),
                limit.isNull()
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                "%.2f of %s",
                                limit.get("share").asDouble(),
                                limit.get("name").asString()));
    }
}
