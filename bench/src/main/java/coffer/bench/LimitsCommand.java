package coffer.bench;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code coffer bench limits}. */
@Command(
        name = "limits",
        description = "Measures what this machine can do: syncs, writes, hashes, loopback.",
        mixinStandardHelpOptions = true)
final class LimitsCommand implements Callable<Integer> {
    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "A folder on the disk to be measured (default: ${DEFAULT-VALUE}).")
    private Path dataDir = Path.of(".");

    @Override
    public Integer call() throws InterruptedException {
        System.out.print(Limits.measure(dataDir).text());
        return 0;
    }
}
