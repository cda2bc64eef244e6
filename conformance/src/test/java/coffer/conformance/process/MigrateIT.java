package coffer.conformance.process;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.CofferProcess;
import coffer.conformance.JavaSdk;
import coffer.conformance.Scratch;
import coffer.conformance.TestBucket;
import coffer.store.ceph.CephCluster;
import com.qcloud.cos.COSClient;
import com.qcloud.cos.model.COSVersionSummary;
import com.qcloud.cos.model.ObjectMetadata;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** {@code ./coffer migrate} between folders and Ceph, killed again and again. */
class MigrateIT {
    private static final String BUCKET = "moved-1250000000";
    private static final int SMALL = 300;
    private static final int LARGE = 24;
    private static final int LARGE_BYTES = 3_000_000;
    private static final int KILLS = 5;
    private static final Map<String, String> EMBEDDED = Map.of("COFFER_ENGINE", "local");

    private final Path scratch = Scratch.directory("migrate-");
    private final Path old = scratch.resolve("old");
    private final Path moved = scratch.resolve("moved");

    @Test
    void isWholeInTheEndHoweverOftenItIsKilled() throws Exception {
        List<String> versions = fill();
        String[] options = {"--from-data-dir", old.toString(), "--to-data-dir", moved.toString()};
        finishHoweverOftenItIsKilled(options, () -> CofferProcess.startRefused(moved, EMBEDDED));
        Files.copy(old.resolve("master-keys"), moved.resolve("master-keys"));
        try (CofferProcess server = CofferProcess.start(moved, EMBEDDED)) {
            assertHolds(server, versions);
        }
        CofferProcess.Ended verified = CofferProcess.verify(moved);
        assertThat(verified.output()).contains("everything is as it should be");
        assertThat(CofferProcess.migrate(options).output()).contains("is not empty");
    }

    @Test
    void goesToCephAndBackHoweverOftenItIsKilled() throws Exception {
        Map<String, String> onCeph = TwoGateways.environment(CephCluster.shared(), scratch);
        List<String> versions = fill();
        Files.copy(old.resolve("master-keys"), Path.of(onCeph.get("COFFER_MASTER_KEY_FILE")));
        Path beside = scratch.resolve("gateway");
        finishHoweverOftenItIsKilled(
                options(onCeph, "--from-data-dir", old.toString(), "--to-engine", "rados"),
                () -> CofferProcess.startRefused(beside, onCeph));
        try (CofferProcess server = CofferProcess.start(beside, onCeph)) {
            assertHolds(server, versions);
        }

        finishHoweverOftenItIsKilled(
                options(onCeph, "--from-engine", "rados", "--to-data-dir", moved.toString()),
                () -> CofferProcess.startRefused(moved, EMBEDDED));
        Files.copy(old.resolve("master-keys"), moved.resolve("master-keys"));
        try (CofferProcess server = CofferProcess.start(moved, EMBEDDED)) {
            assertHolds(server, versions);
        }
        assertThat(CofferProcess.verify(moved).output()).contains("everything is as it should be");
    }

    private static String[] options(Map<String, String> onCeph, String... places) {
        List<String> options = new ArrayList<>(List.of(places));
        options.addAll(List.of("--ceph-conf", onCeph.get("COFFER_CEPH_CONF")));
        options.addAll(List.of("--ceph-user", onCeph.get("COFFER_CEPH_USER")));
        options.addAll(List.of("--meta-pool", onCeph.get("COFFER_META_POOL")));
        options.addAll(List.of("--data-pool", onCeph.get("COFFER_DATA_POOL")));
        options.addAll(List.of("--ceph-namespace", onCeph.get("COFFER_CEPH_NAMESPACE")));
        options.addAll(List.of("--master-key-file", onCeph.get("COFFER_MASTER_KEY_FILE")));
        return options.toArray(String[]::new);
    }

    private void finishHoweverOftenItIsKilled(String[] options, Supplier<CofferProcess.Ended> start) throws Exception {
        int killed = 0;
        boolean ended = false;
        Random random = new Random(11);
        while (killed < KILLS && !ended) {
            ended = !killWithin(options, random.nextInt(10, 200));
            if (!ended) {
                killed++;
                CofferProcess.Ended refused = start.get();
                assertThat(refused.exitCode()).isEqualTo(1);
                assertThat(refused.output()).contains("that is not finished: run the same ./coffer migrate again");
            }
        }
        assertThat(killed).isGreaterThan(1);
        if (!ended) {
            CofferProcess.Ended last = CofferProcess.migrate(options);
            assertThat(last.exitCode()).as(last.output()).isZero();
            assertThat(last.output()).contains("everything is as it was", "--master-key-file");
        }
    }

    private static void assertHolds(CofferProcess server, List<String> versions) {
        COSClient cos = JavaSdk.client(server);
        TestBucket bucket = new TestBucket(server, cos, BUCKET);
        for (int i = 0; i < SMALL; i++) {
            assertThat(bucket.text("small/" + i)).isEqualTo("small " + i);
        }
        for (int i = 0; i < LARGE; i++) {
            assertThat(bucket.bytes("large/" + i)).isEqualTo(large(i));
        }
        assertThat(ids(bucket)).isEqualTo(versions);
        cos.shutdown();
        server.askToStop();
        assertThat(server.exitCode()).isZero();
    }

    private List<String> fill() {
        try (CofferProcess server = CofferProcess.start(old, EMBEDDED)) {
            COSClient cos = JavaSdk.client(server);
            TestBucket bucket = TestBucket.create(server, cos, BUCKET);
            bucket.enableVersioning();
            for (int i = 0; i < SMALL; i++) {
                bucket.put("small/" + i, "small " + i);
            }
            ObjectMetadata encrypted = new ObjectMetadata();
            encrypted.setServerSideEncryption("AES256");
            for (int i = 0; i < LARGE; i++) {
                bucket.put("large/" + i, new byte[600_000]);
                bucket.put("large/" + i, large(i), i % 2 == 0 ? encrypted : new ObjectMetadata());
            }
            cos.deleteObject(BUCKET, "none");
            List<String> versions = ids(bucket);
            cos.shutdown();
            server.askToStop();
            assertThat(server.exitCode()).isZero();
            return versions;
        }
    }

    private static List<String> ids(TestBucket bucket) {
        List<String> ids = new ArrayList<>();
        for (COSVersionSummary version : bucket.versions()) {
            ids.add(version.getKey() + " " + version.getVersionId() + " " + version.isLatest() + " "
                    + version.isDeleteMarker());
        }
        return ids;
    }

    private static byte[] large(int number) {
        byte[] bytes = new byte[LARGE_BYTES];
        new Random(number).nextBytes(bytes);
        return bytes;
    }

    /** Begins, and kills it a while after it has begun to copy; whether it was running still. */
    private boolean killWithin(String[] options, int milliseconds) throws IOException, InterruptedException {
        Process process = CofferProcess.startMigrating(scratch.resolve("killed.log"), options);
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(lines.readLine()).contains("are to be copied");
            boolean ended = process.waitFor(milliseconds, TimeUnit.MILLISECONDS);
            process.destroyForcibly();
            int code = process.waitFor();
            assertThat(ended ? code : 0).isZero();
            return !ended;
        }
    }
}
