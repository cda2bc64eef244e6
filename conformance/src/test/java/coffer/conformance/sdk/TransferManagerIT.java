package coffer.conformance.sdk;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.Scratch;
import coffer.conformance.SharedCoffer;
import coffer.conformance.TestBucket;
import com.qcloud.cos.model.CopyObjectRequest;
import com.qcloud.cos.model.GetObjectRequest;
import com.qcloud.cos.model.PutObjectRequest;
import com.qcloud.cos.model.UploadResult;
import com.qcloud.cos.transfer.TransferManager;
import com.qcloud.cos.transfer.TransferManagerConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The high-level interface: parallel parts up, ranges down, parts across. */
@ExtendWith(SharedCoffer.class)
class TransferManagerIT {
    private static final int PART = 1 << 20;
    private static final byte[] BYTES = Scratch.bytes(10 * PART + 12_345, 99);

    @TempDir
    Path directory;

    @Test
    void uploadsInPartsAndDownloadsInRanges(TestBucket bucket) throws Exception {
        TransferManager transfers = manager(bucket);
        try {
            Path file = Files.write(directory.resolve("up"), BYTES);
            UploadResult uploaded = transfers
                    .upload(new PutObjectRequest(bucket.name(), "big", file.toFile()))
                    .waitForUploadResult();
            assertThat(uploaded.getETag()).endsWith("-11");

            Path down = directory.resolve("down");
            transfers.download(bucket.name(), "big", down.toFile()).waitForCompletion();
            assertThat(down).hasBinaryContent(BYTES);
            Path resumable = directory.resolve("resumable");
            // Ranges by several threads, checked by CRC-64 at the end.
            transfers
                    .download(
                            new GetObjectRequest(bucket.name(), "big"),
                            resumable.toFile(),
                            true,
                            directory.resolve("record").toString(),
                            2 * PART,
                            2 * PART)
                    .waitForCompletion();
            assertThat(resumable).hasBinaryContent(BYTES);
        } finally {
            transfers.shutdownNow(false);
        }
    }

    @Test
    void uploadsSmallFilesWhole(TestBucket bucket) throws Exception {
        TransferManager transfers = manager(bucket);
        try {
            Path file = Files.writeString(directory.resolve("small"), "small");
            UploadResult uploaded =
                    transfers.upload(bucket.name(), "small", file.toFile()).waitForUploadResult();
            assertThat(uploaded.getETag()).isEqualTo("eb5c1399a871211c7e7ed732d15e3a8b");
        } finally {
            transfers.shutdownNow(false);
        }
    }

    @Test
    void copiesInPartsAcrossBuckets(TestBucket source, TestBucket target) throws Exception {
        source.put("big", BYTES);
        TransferManager transfers = manager(source);
        try {
            CopyObjectRequest request = new CopyObjectRequest(source.name(), "big", target.name(), "copy");
            transfers.copy(request, source.cos(), null).waitForCopyResult();
            assertThat(target.bytes("copy")).isEqualTo(BYTES);
            assertThat(target.cos().getObjectMetadata(target.name(), "copy").getETag())
                    .contains("-");
        } finally {
            transfers.shutdownNow(false);
        }
    }

    @Test
    void uploadsAndDownloadsFolders(TestBucket bucket) throws InterruptedException, IOException {
        TransferManager transfers = manager(bucket);
        try {
            Path from = Files.createDirectories(directory.resolve("from/deep"));
            Files.writeString(from.resolve("a.txt"), "a");
            Files.writeString(from.resolveSibling("b 旅.txt"), "b");
            transfers
                    .uploadDirectory(
                            bucket.name(), "tree", directory.resolve("from").toFile(), true)
                    .waitForCompletion();
            assertThat(bucket.text("tree/deep/a.txt")).isEqualTo("a");
            Path to = Files.createDirectories(directory.resolve("to"));
            transfers.downloadDirectory(bucket.name(), "tree", to.toFile()).waitForCompletion();
            assertThat(to.resolve("tree/b 旅.txt")).hasContent("b");
        } finally {
            transfers.shutdownNow(false);
        }
    }

    private static TransferManager manager(TestBucket bucket) {
        TransferManager transfers = new TransferManager(bucket.cos(), Executors.newFixedThreadPool(4));
        TransferManagerConfiguration configuration = new TransferManagerConfiguration();
        configuration.setMultipartUploadThreshold(2L * PART);
        configuration.setMinimumUploadPartSize(PART);
        configuration.setMultipartCopyThreshold(2L * PART);
        configuration.setMultipartCopyPartSize(2L * PART);
        transfers.setConfiguration(configuration);
        return transfers;
    }
}
