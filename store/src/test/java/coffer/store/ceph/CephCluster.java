package coffer.store.ceph;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Assumptions;

/**
 * The Ceph cluster of a test run: three OSDs with three replicas, made by {@code dev/ceph} when the first test asks for it
 * and gone with the Java machine, however that ends. Tests share it, so each works in a {@linkplain #newNamespace()
 * namespace of its own}, and one that kills an OSD repairs the cluster before it ends. Threads may share it.
 */
public final class CephCluster {
    private static final Path SCRIPT = script();
    private static final Path MEMORY = Path.of("/dev/shm");
    private static final long NEEDED_BYTES = 6L << 30;
    /** All three together, full, are what is asked of {@link #MEMORY}. */
    private static final String OSD_SIZE = "2G";

    private static final String EC_POOL = "coffer-ec";
    private static final int MINUTES = 6;
    private static final int NOT_INSTALLED = 3;

    private final Path folder;
    private final AtomicLong namespaces = new AtomicLong();

    private CephCluster(Path folder) {
        this.folder = folder;
    }

    /**
     * The cluster, which is started first if this is the first call; that takes some 15 seconds. Without Ceph's daemons
     * on this machine the calling test is skipped, loudly.
     *
     * @throws AssertionError if they are installed and the cluster does not start
     */
    public static CephCluster shared() {
        Ended start = Shared.START;
        if (start.exitCode() == NOT_INSTALLED) {
            System.err.println("SKIPPED: there is no Ceph cluster to test on: " + start.output());
            Assumptions.abort(start.output());
        }
        start.requireSuccess();
        return Shared.CLUSTER;
    }

    /** Whatever became of the start, it is tried once. */
    private static final class Shared {
        static final CephCluster CLUSTER = new CephCluster(newFolder());
        static final Ended START = CLUSTER.run(
                "start",
                Long.toString(ProcessHandle.current().pid()),
                Map.of("EC_POOL", EC_POOL, "OSD_SIZE", OSD_SIZE));
    }

    /** The configuration, which names the mon and the keyring: all that a client has to be given. */
    public Path confFile() {
        return folder.resolve("ceph.conf");
    }

    /** The key of {@code client.admin}. */
    public Path keyring() {
        return folder.resolve("keyring");
    }

    /** A replicated pool. */
    public String metaPool() {
        return "coffer-meta";
    }

    /** A replicated pool. */
    public String dataPool() {
        return "coffer-data";
    }

    /** An erasure-coded pool that can be overwritten: two parts of data, one of parity. */
    public String erasureCodedPool() {
        return EC_POOL;
    }

    /** The name of a RADOS namespace that nobody has used, the same for all pools. */
    public String newNamespace() {
        return "test-" + namespaces.incrementAndGet();
    }

    /** Kills an OSD as a crash would; returns when it is gone. Clients pause for some seconds until that is noticed. */
    public void killOsd(int number) {
        run("kill-osd", Integer.toString(number), Map.of()).requireSuccess();
    }

    /** Starts an OSD that was killed; does not wait until it is up. */
    public void startOsd(int number) {
        run("start-osd", Integer.toString(number), Map.of()).requireSuccess();
    }

    /** Starts all OSDs that were killed and waits, two minutes at most, until all replicas are whole again. */
    public void repair() {
        run("start", "", Map.of()).requireSuccess();
    }

    private Ended run(String verb, String argument, Map<String, String> variables) {
        List<String> command = new ArrayList<>(List.of(SCRIPT.toString(), verb, folder.toString()));
        if (!argument.isEmpty()) {
            command.add(argument);
        }
        return run(command, variables);
    }

    private record Ended(int exitCode, String output) {
        void requireSuccess() {
            if (exitCode != 0) {
                throw new AssertionError("exit code " + exitCode + ": " + output);
            }
        }
    }

    private static Ended run(List<String> command, Map<String, String> variables) {
        try {
            Path output = Files.createTempFile("coffer-ceph-", ".out");
            try {
                ProcessBuilder builder =
                        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
                builder.environment().putAll(variables);
                Process process = builder.start();
                boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
                process.destroyForcibly();
                return new Ended(
                        ended ? process.exitValue() : -1,
                        Files.readString(output, UTF_8).strip());
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    /** In memory if there is enough of it: syncs are free there. */
    private static Path newFolder() {
        Path parent = Path.of(System.getProperty("java.io.tmpdir"));
        try {
            if (Files.isWritable(MEMORY) && Files.getFileStore(MEMORY).getUsableSpace() > NEEDED_BYTES) {
                parent = MEMORY;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return parent.resolve("coffer-ceph-" + UUID.randomUUID());
    }

    /** Tests run in the folder of their module, or in the one above all. */
    private static Path script() {
        Path here = Path.of("").toAbsolutePath();
        Path below = here.resolve("dev/ceph");
        return Files.exists(below) ? below : here.resolveSibling("dev").resolve("ceph");
    }
}
