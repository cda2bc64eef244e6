package coffer.admin;

import coffer.identity.Account;
import coffer.store.Trouble;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is known of the running server from its start on.
 *
 * @param rootAccount the first account
 * @param listens where the COS API is
 */
public record ServerStatus(String version, Instant started, Path dataDir, Account rootAccount, List<String> listens) {
    public ServerStatus {
        listens = List.copyOf(listens);
    }

    /**
     * Space on the disk of the data folder.
     *
     * @param freeBytes absent if it cannot be known
     */
    record DiskView(String path, Optional<Long> totalBytes, Optional<Long> freeBytes) {}

    record MemoryView(long heapUsedBytes, long heapMaxBytes) {}

    record CountsView(int accounts, int buckets) {}

    /**
     * How the server is.
     *
     * @param trouble why it can no longer write; absent if it can
     */
    record StatusView(
            String version,
            Instant started,
            long uptimeSeconds,
            Optional<String> trouble,
            String rootAppId,
            List<String> listens,
            List<String> regions,
            DiskView disk,
            MemoryView memory,
            CountsView counts) {}

    static StatusView get(AdminServices services, AdminCall call) {
        ServerStatus status = services.status();
        Runtime runtime = Runtime.getRuntime();
        return new StatusView(
                status.version,
                status.started,
                Duration.between(status.started, services.services().clock().instant())
                        .toSeconds(),
                services.services().health().trouble().map(Trouble::sentence),
                status.rootAccount.appId(),
                status.listens,
                services.services().regions(),
                status.disk(),
                new MemoryView(runtime.totalMemory() - runtime.freeMemory(), runtime.maxMemory()),
                new CountsView(
                        services.cam().accounts().list().size(),
                        services.services().buckets().all().size()));
    }

    private DiskView disk() {
        try {
            FileStore store = Files.getFileStore(dataDir);
            return new DiskView(
                    dataDir.toString(), Optional.of(store.getTotalSpace()), Optional.of(store.getUsableSpace()));
        } catch (IOException e) {
            return new DiskView(dataDir.toString(), Optional.empty(), Optional.empty());
        }
    }
}
