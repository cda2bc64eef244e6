package coffer.store.ceph;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cluster that other tests rely on, asked by Ceph's own client. */
class CephClusterTest {
    private static final Path FILE = Path.of("/proc/version");

    private static CephCluster cluster;

    @BeforeAll
    static void start() {
        cluster = CephCluster.shared();
    }

    @Test
    void objectsOutliveAnOsd() throws Exception {
        String namespace = cluster.newNamespace();
        List<String> pools = List.of(cluster.metaPool(), cluster.dataPool(), cluster.erasureCodedPool());
        // Of so many, some have their primary on the OSD that is killed.
        List<String> objects = List.of("a", "b", "c", "d", "e", "f");
        for (String pool : pools) {
            for (String object : objects) {
                rados(pool, namespace, "put", object, FILE.toString());
            }
        }
        cluster.killOsd(1);
        for (String pool : pools) {
            for (String object : objects) {
                assertThat(rados(pool, namespace, "get", object, "-")).isEqualTo(Files.readString(FILE));
            }
        }
        cluster.startOsd(1);
        cluster.repair();
    }

    @Test
    void namespacesAreApart() throws Exception {
        String mine = cluster.newNamespace();
        String yours = cluster.newNamespace();
        rados(cluster.dataPool(), mine, "put", "object", FILE.toString());
        assertThat(rados(cluster.dataPool(), mine, "ls")).isEqualTo("object\n");
        assertThat(rados(cluster.dataPool(), yours, "ls")).isEmpty();
    }

    @Test
    void aClusterEndsWithItsProcess(@TempDir Path folder) throws Exception {
        Process owner = new ProcessBuilder("sleep", "1000").start();
        Path own = folder.resolve("own");
        ProcessBuilder start = new ProcessBuilder(
                Path.of("../dev/ceph").toString(), "start", own.toString(), Long.toString(owner.pid()));
        start.environment().put("OSDS", "1");
        output(start);
        List<String> daemons = pids(own);
        assertThat(daemons).hasSize(3).allMatch(CephClusterTest::runs);

        owner.destroyForcibly().waitFor();
        for (int tries = 0; Files.exists(own) && tries < 300; tries++) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        assertThat(own).doesNotExist();
        assertThat(daemons).noneMatch(CephClusterTest::runs);
    }

    private static List<String> pids(Path folder) throws IOException {
        List<String> pids = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".pid")).toList()) {
                pids.add(Files.readString(file).strip());
            }
        }
        return pids;
    }

    /** What has ended but was not yet waited for has no command line. */
    private static boolean runs(String pid) {
        try {
            return Files.readString(Path.of("/proc", pid, "cmdline")).contains("ceph");
        } catch (IOException ended) {
            return false;
        }
    }

    private static String rados(String pool, String namespace, String... command) throws Exception {
        List<String> words = new ArrayList<>(List.of(
                "rados",
                "-c",
                cluster.confFile().toString(),
                "--keyring",
                cluster.keyring().toString()));
        words.addAll(List.of("-p", pool, "-N", namespace));
        words.addAll(List.of(command));
        return output(new ProcessBuilder(words));
    }

    private static String output(ProcessBuilder builder) throws Exception {
        Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).isZero();
        return output;
    }
}
