package coffer.conformance.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import coffer.conformance.CofferProcess;
import coffer.conformance.JavaSdk;
import coffer.conformance.Scratch;
import coffer.conformance.TestBucket;
import com.qcloud.cos.COSClient;
import com.qcloud.cos.exception.CosServiceException;
import com.qcloud.cos.model.InitiateMultipartUploadRequest;
import com.qcloud.cos.model.UploadPartRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real file system of 400 MiB, filled to its end. */
class DiskFullIT {
    private static final int MIB = 1024 * 1024;
    private static final int MOST = 400;

    private final Path disk = Scratch.directory("disk-");
    private final CofferProcess server = start();
    private final COSClient cos = JavaSdk.client(server);
    private final TestBucket bucket = TestBucket.create(server, cos, "full-1250000000");

    private CofferProcess start() {
        if (!succeeds("mount", "-t", "tmpfs", "-o", "size=400m", "coffer-test", disk.toString())) {
            String reason = "a small file system cannot be mounted here; that takes root";
            System.err.println("SKIPPED: a full disk is not tested: " + reason);
            Assumptions.abort(reason);
        }
        return CofferProcess.start(disk.resolve("data"), Map.of("COFFER_ADMIN_LISTEN", "127.0.0.1:0"));
    }

    @AfterEach
    void stop() {
        cos.shutdown();
        server.close();
        assertThat(succeeds("umount", disk.toString())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {4 * MIB, 300 * 1024})
    void refusesWritesKeepsWhatIsThereAndTakesMoreOnceSpaceIsFreed(int size) throws IOException {
        int stored = fill("k", size);
        assertThat(stored).isGreaterThan(10);
        fill("rest", 16 * 1024);
        assertThat(Files.getFileStore(disk).getUsableSpace()).isGreaterThan(16L * MIB);
        assertThat(refusal(() -> bucket.put("small", "x")).getErrorMessage()).contains("space");
        refusal(() -> cos.initiateMultipartUpload(new InitiateMultipartUploadRequest(bucket.name(), "upload")));
        assertThat(bucket.bytes("k0")).isEqualTo(Scratch.bytes(size, 0));
        assertThat(Monitor.of(server).get("/health/ready"))
                .startsWith("200 ")
                .contains("\"status\":\"degraded\"", "\"reason\":\"full\"")
                .contains("delete objects or give it more space");
        assertThat(Monitor.of(server).get("/health/live")).startsWith("200 ");

        server.kill();
        server.startAgain();
        assertThat(bucket.bytes("k" + (stored - 1))).isEqualTo(Scratch.bytes(size, stored - 1));
        refusal(() -> bucket.put("small", "x"));

        for (int i = 1; i < stored; i++) {
            cos.deleteObject(bucket.name(), "k" + i);
        }
        Instant end = Instant.now().plus(Duration.ofSeconds(60));
        while (!takes("small") && Instant.now().isBefore(end)) {
            pause();
        }
        assertThat(bucket.text("small")).isEqualTo("x");
        assertThat(bucket.bytes("k0")).isEqualTo(Scratch.bytes(size, 0));
        assertThat(Monitor.of(server).get("/health/ready")).isEqualTo("200 {\"status\":\"ok\"}");
        assertThat(fill("k", size)).isGreaterThan(stored / 2);
    }

    @Test
    void refusesAPartAndKeepsTheUpload() {
        String upload = cos.initiateMultipartUpload(new InitiateMultipartUploadRequest(bucket.name(), "upload"))
                .getUploadId();
        int stored = fill("k", 4 * MIB);
        assertThat(stored).isPositive();
        assertThat(refusal(() -> cos.uploadPart(part(upload))).getStatusCode()).isEqualTo(503);
        cos.deleteObject(bucket.name(), "k0");
        cos.deleteObject(bucket.name(), "k1");
        assertThat(cos.uploadPart(part(upload)).getPartNumber()).isEqualTo(1);
    }

    private UploadPartRequest part(String upload) {
        return new UploadPartRequest()
                .withBucketName(bucket.name())
                .withKey("upload")
                .withUploadId(upload)
                .withPartNumber(1)
                .withPartSize(4L * MIB)
                .withInputStream(new ByteArrayInputStream(Scratch.bytes(4 * MIB, 1)));
    }

    /** Puts objects until no more are taken; how many were. */
    private int fill(String prefix, int size) {
        for (int i = 0; i < MOST * MIB / size; i++) {
            try {
                bucket.put(prefix + i, Scratch.bytes(size, i));
            } catch (CosServiceException e) {
                assertThat(e.getStatusCode()).isEqualTo(503);
                assertThat(e.getErrorCode()).isEqualTo("ServiceUnavailable");
                return i;
            }
        }
        throw new AssertionError("more was taken than the disk holds");
    }

    private boolean takes(String key) {
        try {
            bucket.put(key, "x");
            return true;
        } catch (CosServiceException e) {
            return false;
        }
    }

    /** The refusal of a call; removals in the background may leave room for a few of its kind before. */
    private static CosServiceException refusal(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        for (int i = 0; i < 4_000; i++) {
            CosServiceException refused = catchThrowableOfType(CosServiceException.class, call);
            if (refused != null) {
                return refused;
            }
        }
        throw new AssertionError("it is taken again and again");
    }

    private static void pause() {
        try {
            Thread.sleep(200);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    private static boolean succeeds(String... command) {
        try {
            Process process = new ProcessBuilder(command).inheritIO().start();
            return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }
}
