package coffer.conformance.heavy;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.CofferProcess;
import coffer.conformance.JavaSdk;
import coffer.conformance.Scratch;
import coffer.conformance.TestBucket;
import com.qcloud.cos.COSClient;
import com.qcloud.cos.exception.CosClientException;
import com.qcloud.cos.model.ObjectMetadata;
import com.qcloud.cos.model.PutObjectRequest;
import com.qcloud.cos.transfer.PersistableUpload;
import com.qcloud.cos.transfer.TransferManager;
import com.qcloud.cos.transfer.TransferManagerConfiguration;
import com.qcloud.cos.transfer.Upload;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A file far larger than the server's heap, its upload broken off by a kill and resumed. */
@Tag("heavy")
class BigUploadIT {
    private static final long SIZE = Long.getLong("coffer.bigUploadMiB", 256) << 20;
    private static final int PART = 8 << 20;
    private static final String BUCKET = "big-1250000000";

    @Test
    void isResumedAfterAKillAndReadBackWhole() throws Exception {
        Path directory = Scratch.directory("big-");
        Path file = directory.resolve("up");
        byte[] sent = write(file);
        try (CofferProcess server =
                CofferProcess.start(directory.resolve("data"), Map.of("COFFER_JAVA_OPTS", "-Xmx256m"))) {
            COSClient cos = JavaSdk.client(server);
            TestBucket bucket = TestBucket.create(server, cos, BUCKET);
            PersistableUpload broken = breakOff(bucket, file);
            server.startAgain();
            TransferManager transfers = manager(cos);
            transfers.resumeUpload(broken).waitForUploadResult();
            transfers.shutdownNow(false);

            ObjectMetadata head = cos.getObjectMetadata(BUCKET, "big");
            assertThat(head.getContentLength()).isEqualTo(SIZE);
            assertThat(digest(bucket)).isEqualTo(sent);
            cos.shutdown();
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** Kills the server when a third is through, and hands back what the SDK needs to go on. */
    private static PersistableUpload breakOff(TestBucket bucket, Path file) throws InterruptedException {
        TransferManager transfers = manager(bucket.cos());
        Upload upload = transfers.upload(new PutObjectRequest(BUCKET, "big", file.toFile()));
        while (upload.getProgress().getBytesTransferred() < SIZE / 3) {
            Thread.sleep(10);
        }
        bucket.server().kill();
        PersistableUpload resumable = upload.getResumeableMultipartUploadId();
        try {
            upload.waitForCompletion();
            throw new AssertionError("the upload ended before the server was killed");
        } catch (CosClientException killed) {
            assertThat(resumable).isNotNull();
            return resumable;
        } finally {
            transfers.shutdownNow(false);
        }
    }

    private static TransferManager manager(COSClient cos) {
        TransferManager transfers = new TransferManager(cos, Executors.newFixedThreadPool(4));
        TransferManagerConfiguration configuration = new TransferManagerConfiguration();
        configuration.setMultipartUploadThreshold(PART);
        configuration.setMinimumUploadPartSize(PART);
        transfers.setConfiguration(configuration);
        return transfers;
    }

    private static byte[] write(Path file) throws IOException {
        MessageDigest digest = sha256();
        byte[] block = new byte[1 << 20];
        Random random = new Random(20_260_101);
        try (OutputStream out = new DigestOutputStream(Files.newOutputStream(file), digest)) {
            for (long written = 0; written < SIZE; written += block.length) {
                random.nextBytes(block);
                out.write(block);
            }
        }
        return digest.digest();
    }

    private static byte[] digest(TestBucket bucket) throws IOException {
        MessageDigest digest = sha256();
        try (InputStream in =
                new DigestInputStream(bucket.cos().getObject(BUCKET, "big").getObjectContent(), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return digest.digest();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
