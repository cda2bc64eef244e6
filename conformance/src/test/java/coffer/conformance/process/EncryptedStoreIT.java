package coffer.conformance.process;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coffer.conformance.CofferProcess;
import coffer.conformance.JavaSdk;
import coffer.conformance.Scratch;
import coffer.conformance.TestBucket;
import com.qcloud.cos.COSClient;
import com.qcloud.cos.model.AppendObjectRequest;
import com.qcloud.cos.model.BucketEncryptionConfiguration;
import com.qcloud.cos.model.CompleteMultipartUploadRequest;
import com.qcloud.cos.model.InitiateMultipartUploadRequest;
import com.qcloud.cos.model.ObjectMetadata;
import com.qcloud.cos.model.PartETag;
import com.qcloud.cos.model.PutObjectRequest;
import com.qcloud.cos.model.SSECOSKeyManagementParams;
import com.qcloud.cos.model.UploadPartRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Master keys over the life of a store, and what its folder shows to who has it. */
class EncryptedStoreIT {
    private static final String BUCKET = "sealed-1250000000";

    /** Whatever of it is stored, some of these words are in it. */
    private static final String SECRET = "attack at dawn ";

    private final Path folder = Scratch.directory("sealed-");
    private final Path data = folder.resolve("data");
    private final CofferProcess server = CofferProcess.start(data);
    private final COSClient cos = JavaSdk.client(server);
    private final TestBucket bucket = TestBucket.create(server, cos, BUCKET);

    @BeforeEach
    void encryptAll() {
        BucketEncryptionConfiguration configuration = new BucketEncryptionConfiguration();
        configuration.setSseAlgorithm("AES256");
        cos.putBucketEncryptionConfiguration(BUCKET, configuration);
    }

    @AfterEach
    void stop() {
        cos.shutdown();
        server.close();
    }

    @Test
    void theFolderDoesNotShowWhatWasWritten() throws IOException {
        cos.deleteBucketEncryptionConfiguration(BUCKET);
        bucket.put("shown", secret(100));
        server.kill();
        assertThat(filesWith(SECRET))
                .as("what is not encrypted is found by this test")
                .isNotEmpty();
        server.startAgain();
        cos.deleteObject(BUCKET, "shown");

        Path fresh = folder.resolve("fresh");
        try (CofferProcess other = CofferProcess.start(fresh)) {
            COSClient client = JavaSdk.client(other);
            fill(TestBucket.create(other, client, BUCKET));
            client.shutdown();
            other.kill();
        }
        assertThat(filesWith(fresh, SECRET)).isEmpty();
        assertThat(filesWith(fresh, "shown names"))
                .as("names are not encrypted")
                .isNotEmpty();
    }

    private static void fill(TestBucket bucket) {
        BucketEncryptionConfiguration configuration = new BucketEncryptionConfiguration();
        configuration.setSseAlgorithm("AES256");
        bucket.cos().putBucketEncryptionConfiguration(BUCKET, configuration);
        bucket.put("shown names", secret(100));
        bucket.put("large", secret(2_000_000));
        bucket.put("large", secret(2_100_000));
        append(bucket, 0, 100);
        append(bucket, 100, 70_000);
        String upload = bucket.cos()
                .initiateMultipartUpload(new InitiateMultipartUploadRequest(BUCKET, "film"))
                .getUploadId();
        PartETag first = part(bucket, upload, 1);
        PartETag second = part(bucket, upload, 2);
        bucket.cos()
                .completeMultipartUpload(new CompleteMultipartUploadRequest(
                        BUCKET, "film", upload, new ArrayList<>(List.of(first, second))));
        bucket.cos().copyObject(BUCKET, "large", BUCKET, "copy");
        assertThat(bucket.text("log")).isEqualTo(new String(secret(100), UTF_8) + new String(secret(70_000), UTF_8));
        assertThat(bucket.bytes("copy")).isEqualTo(secret(2_100_000));
    }

    @Test
    void whatIsEncryptedOutlivesTheServer() {
        bucket.put("small", secret(100));
        bucket.put("large", secret(2_000_000));
        append(bucket, 0, 1000);
        String upload = cos.initiateMultipartUpload(new InitiateMultipartUploadRequest(BUCKET, "film"))
                .getUploadId();
        PartETag first = part(bucket, upload, 1);
        server.kill();
        server.startAgain();
        append(bucket, 1000, 1000);
        PartETag second = part(bucket, upload, 2);
        cos.completeMultipartUpload(
                new CompleteMultipartUploadRequest(BUCKET, "film", upload, new ArrayList<>(List.of(first, second))));
        server.askToStop();
        server.exitCode();
        server.startAgain();
        assertThat(bucket.bytes("small")).isEqualTo(secret(100));
        assertThat(bucket.bytes("large")).isEqualTo(secret(2_000_000));
        assertThat(bucket.bytes("log")).hasSize(2000);
        assertThat(bucket.bytes("film")).hasSize(2 << 20);
    }

    @Test
    void theWrongKeysStopTheStart() throws IOException {
        bucket.put("k", secret(100));
        server.kill();
        Path keys = data.resolve("master-keys");
        String right = Files.readString(keys);
        Files.writeString(keys, "k1 " + Base64.getEncoder().encodeToString(new byte[32]) + "\n");
        assertRefused("'k1'", "not the one this store was written with", "restore the right file");
        Files.writeString(keys, "k2 " + Base64.getEncoder().encodeToString(new byte[32]) + "\n");
        assertRefused("'k1' is missing");
        Files.writeString(keys, right.replace("k1 ", "k1 !"));
        assertRefused("Line 4", "base64");
        Files.delete(keys);
        assertRefused("does not exist", "'k1'", "restore it from its copy");
        assertThat(keys).doesNotExist();
        Files.writeString(keys, right);
        server.startAgain();
        assertThat(bucket.bytes("k")).isEqualTo(secret(100));
    }

    private void assertRefused(String... words) {
        CofferProcess.Ended refusal = CofferProcess.startRefused(data);
        assertThat(refusal.exitCode()).isEqualTo(1);
        assertThat(refusal.output().lines().reduce((first, last) -> last).orElseThrow())
                .startsWith("coffer: ")
                .contains(words);
        assertThat(refusal.output()).doesNotContain("\tat ").doesNotContain("Exception");
    }

    @Test
    void theFileMayBeElsewhere() throws IOException {
        Path keys = folder.resolve("elsewhere");
        try (CofferProcess other =
                CofferProcess.start(folder.resolve("other"), Map.of("COFFER_MASTER_KEY_FILE", keys.toString()))) {
            assertThat(keys).exists();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys)))
                    .isEqualTo("rw-------");
            assertThat(folder.resolve("other/master-keys")).doesNotExist();
            other.kill();
            Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rw-r--r--"));
            other.startAgain();
            assertThat(other.log()).contains("is open to others than its owner").contains("chmod 600 " + keys);
        }
    }

    @Test
    void aNewFirstKeyIsForWhatIsWrittenFromThenOn() throws IOException {
        bucket.put("old", secret(2_000_000));
        server.kill();
        Path keys = data.resolve("master-keys");
        String old = Files.readString(keys);
        Files.writeString(keys, "k2 " + Base64.getEncoder().encodeToString(Scratch.bytes(32, 14)) + "\n" + old);
        server.startAgain();
        PutObjectRequest kms =
                new PutObjectRequest(BUCKET, "new", new ByteArrayInputStream(new byte[0]), new ObjectMetadata());
        cos.putObject(kms.withSSECOSKeyManagementParams(new SSECOSKeyManagementParams()));
        assertThat(cos.getObjectMetadata(BUCKET, "new")
                        .getRawMetadataValue("x-cos-server-side-encryption-cos-kms-key-id"))
                .isEqualTo("k2");
        assertThat(bucket.bytes("old")).isEqualTo(secret(2_000_000));
        bucket.put("new", secret(100));
        assertThat(bucket.bytes("new")).isEqualTo(secret(100));
        server.kill();
        Files.writeString(keys, old);
        assertRefused("'k2' is missing");
    }

    @Test
    void aDisabledKeyOpensNothing() throws IOException {
        bucket.put("old", secret(100));
        server.kill();
        Path keys = data.resolve("master-keys");
        String old = Files.readString(keys);
        String next = "k2 " + Base64.getEncoder().encodeToString(Scratch.bytes(32, 15)) + "\n";
        Files.writeString(keys, next + old.stripTrailing() + " disabled\n");
        server.startAgain();
        coffer.conformance.Refusals.assertRefused(400, "KmsKeyDisabled", () -> bucket.bytes("old"));
        server.kill();
        Files.writeString(keys, next + old);
        server.startAgain();
        assertThat(bucket.bytes("old")).isEqualTo(secret(100));
    }

    @Test
    void verifySaysWhatItCouldNotOpen() throws IOException {
        bucket.put("small", secret(100));
        bucket.put("large", secret(2_000_000));
        cos.initiateMultipartUpload(new InitiateMultipartUploadRequest(BUCKET, "film"));
        server.kill();
        CofferProcess.Ended whole = CofferProcess.verify(data);
        assertThat(whole.output()).contains("everything is as it should be").doesNotContain("not here");
        assertThat(whole.exitCode()).isZero();

        Path keys = data.resolve("master-keys");
        Path copy = Files.move(keys, folder.resolve("copy"));
        CofferProcess.Ended without = CofferProcess.verify(data);
        assertThat(without.output()).contains("2 objects and parts are encrypted by keys that are not here");
        assertThat(without.exitCode()).isZero();
        assertThat(CofferProcess.verify(data, "--master-key-file", copy.toString())
                        .output())
                .contains("everything is as it should be")
                .doesNotContain("not here");

        Files.writeString(keys, "k1 " + Base64.getEncoder().encodeToString(new byte[32]) + "\n");
        CofferProcess.Ended wrong = CofferProcess.verify(data);
        assertThat(wrong.output()).contains("LOSS", "master keys: The master key 'k1'");
        assertThat(wrong.exitCode()).isEqualTo(1);
    }

    private static byte[] secret(int length) {
        return SECRET.repeat(length / SECRET.length() + 1).substring(0, length).getBytes(UTF_8);
    }

    private static void append(TestBucket bucket, long position, int length) {
        ObjectMetadata metadata = new ObjectMetadata();
        metadata.setContentLength(length);
        AppendObjectRequest request =
                new AppendObjectRequest(BUCKET, "log", new ByteArrayInputStream(secret(length)), metadata);
        request.setPosition(position);
        bucket.cos().appendObject(request);
    }

    private static PartETag part(TestBucket bucket, String upload, int number) {
        byte[] bytes = secret(1 << 20);
        return bucket.cos()
                .uploadPart(new UploadPartRequest()
                        .withBucketName(BUCKET)
                        .withKey("film")
                        .withUploadId(upload)
                        .withPartNumber(number)
                        .withPartSize(bytes.length)
                        .withInputStream(new ByteArrayInputStream(bytes)))
                .getPartETag();
    }

    private List<Path> filesWith(String text) throws IOException {
        return filesWith(data, text);
    }

    private static List<Path> filesWith(Path folder, String text) throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (new String(Files.readAllBytes(file), ISO_8859_1).contains(text)) {
                    found.add(file);
                }
            }
        }
        return found;
    }
}
