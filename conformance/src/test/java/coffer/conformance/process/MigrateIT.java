package coffer.conformance.process;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.CofferProcess;
import coffer.conformance.JavaSdk;
import coffer.conformance.Scratch;
import coffer.conformance.TestBucket;
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
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** {@code ./coffer migrate} from one folder to another, killed again and again. */
class MigrateIT {
    private static final String BUCKET = "moved-1250000000";
    private static final int SMALL = 300;
    private static final int LARGE = 24;
    private static final int LARGE_BYTES = 3_000_000;
    private static final int KILLS = 5;

    private final Path scratch = Scratch.directory("migrate-");
    private final Path old = scratch.resolve("old");
    private final Path moved = scratch.resolve("moved");

    @Test
    void isWholeInTheEndHoweverOftenItIsKilled() throws Exception {
        List<String> versions = fill();
        int killed = 0;
        boolean ended = false;
        Random random = new Random(11);
        while (killed < KILLS && !ended) {
            ended = !killWithin(random.nextInt(10, 200));
            if (!ended) {
                killed++;
                CofferProcess.Ended start = CofferProcess.startRefused(moved);
                assertThat(start.exitCode()).isEqualTo(1);
                assertThat(start.output()).contains("that is not finished: run the same ./coffer migrate again");
            }
        }
        assertThat(killed).isGreaterThan(1);
        if (!ended) {
            CofferProcess.Ended last = CofferProcess.migrate(options());
            assertThat(last.exitCode()).as(last.output()).isZero();
            assertThat(last.output()).contains("everything is as it was", "--master-key-file");
        }

        Files.copy(old.resolve("master-keys"), moved.resolve("master-keys"));
        try (CofferProcess server = CofferProcess.start(moved)) {
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
        CofferProcess.Ended verified = CofferProcess.verify(moved);
        assertThat(verified.output()).contains("everything is as it should be");
        assertThat(CofferProcess.migrate(options()).output()).contains("is not empty");
    }

    private String[] options() {
        return new String[] {"--from-data-dir", old.toString(), "--to-data-dir", moved.toString()};
    }

    private List<String> fill() {
        try (CofferProcess server = CofferProcess.start(old)) {
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
    private boolean killWithin(int milliseconds) throws IOException, InterruptedException {
        Process process = CofferProcess.startMigrating(scratch.resolve("killed.log"), options());
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
