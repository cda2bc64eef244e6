package coffer.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code coffer bench loops}. */
@Command(
        name = "loops",
        description =
                "Measures inner loops by JMH: signatures, routing, rows, listings, checksums, encryption, the log.",
        mixinStandardHelpOptions = true)
final class LoopsCommand implements Callable<Integer> {
    @Parameters(paramLabel = "PATTERN", description = "Which, by regular expressions on their names (default: all).")
    private List<String> patterns = List.of();

    @Option(names = "--forks", paramLabel = "N", description = "Java machines one after another (default: 1).")
    private int forks = 1;

    @Option(names = "--iterations", paramLabel = "N", description = "Of a second each, after as many (default: 5).")
    private int iterations = 5;

    @Option(names = "--profiler", paramLabel = "NAME", description = "One of JMH's, for instance gc.")
    private @Nullable String profiler;

    @Option(names = "--json", paramLabel = "FILE", description = "Write everything to a file, too.")
    private @Nullable Path json;

    @Override
    public Integer call() throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .forks(forks)
                .warmupIterations(iterations)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(iterations)
                .measurementTime(TimeValue.seconds(1))
                .addProfiler(CpuTime.class)
                .shouldFailOnError(true);
        patterns.forEach(options::include);
        if (profiler != null) {
            options.addProfiler(profiler);
        }
        if (json != null) {
            options.resultFormat(ResultFormatType.JSON).result(json.toString());
        }
        return new Runner(options.build()).run().isEmpty() ? 2 : 0;
    }
}
