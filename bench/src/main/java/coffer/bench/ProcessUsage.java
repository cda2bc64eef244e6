package coffer.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * What a process has used. Source: proc(5).
 *
 * @param cpuSeconds of all its threads
 * @param residentBytes memory at this moment
 */
record ProcessUsage(double cpuSeconds, long residentBytes) {
    private static final double TICKS_PER_SECOND = 100;

    /** What a process has used so far; empty where the system does not tell. */
    static Optional<ProcessUsage> of(long pid) {
        Path folder = Path.of("/proc", Long.toString(pid));
        try {
            String stat = Files.readString(folder.resolve("stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            double cpu = (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
            long resident = Files.readAllLines(folder.resolve("status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .map(line -> line.replaceAll("[^0-9]", ""))
                    .mapToLong(Long::parseLong)
                    .findFirst()
                    .orElse(0);
            return Optional.of(new ProcessUsage(cpu, resident * 1024));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** What was used since. */
    ProcessUsage since(ProcessUsage before) {
        return new ProcessUsage(cpuSeconds - before.cpuSeconds, residentBytes);
    }

    String residentMib() {
        return String.format(Locale.ROOT, "%d MiB", residentBytes / (1024 * 1024));
    }
}
