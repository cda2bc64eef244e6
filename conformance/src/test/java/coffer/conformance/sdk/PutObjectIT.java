package coffer.conformance.sdk;

import static coffer.conformance.Refusals.assertRefused;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import coffer.conformance.Scratch;
import coffer.conformance.SharedCoffer;
import coffer.conformance.Shows;
import coffer.conformance.TestBucket;
import com.qcloud.cos.exception.CosServiceException;
import com.qcloud.cos.model.COSObject;
import com.qcloud.cos.model.ObjectMetadata;
import com.qcloud.cos.model.PutObjectRequest;
import com.qcloud.cos.model.PutObjectResult;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PUT Object: bytes, checksums, classes. */
@Shows("PutObject")
@ExtendWith(SharedCoffer.class)
class PutObjectIT {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4095, 4096, 65_537, 1 << 20, (5 << 20) + 3})
    void bytesComeBackAsTheyWent(int size, TestBucket bucket) {
        byte[] bytes = Scratch.bytes(size, size);
        bucket.put("k", bytes);
        assertThat(bucket.bytes("k")).isEqualTo(bytes);
    }

    @Test
    void aFileComesBackAsItWent(@TempDir Path directory, TestBucket bucket) throws IOException {
        byte[] bytes = Scratch.bytes(3_000_001, 7);
        Path file = Files.write(directory.resolve("file"), bytes);
        bucket.cos().putObject(bucket.name(), "f", file.toFile());
        assertThat(bucket.bytes("f")).isEqualTo(bytes);
    }

    @Test
    void answersMd5AndCrc64(TestBucket bucket) {
        PutObjectResult put = bucket.put("k", "123456789");
        assertThat(put.getETag()).isEqualTo("25f9e794323b453885f5181f1b624d0b");
        assertThat(put.getCrc64Ecma()).isEqualTo("11051210869376104954");
        assertThat(put.getRequestId()).isNotBlank();
        assertThat(put.getVersionId()).isNull();
    }

    @Test
    void theEmptyObjectHasChecksumsToo(TestBucket bucket) {
        PutObjectResult put = bucket.put("empty", "");
        assertThat(put.getETag()).isEqualTo("d41d8cd98f00b204e9800998ecf8427e");
        assertThat(put.getCrc64Ecma()).isEqualTo("0");
        assertThat(bucket.cos().getObjectMetadata(bucket.name(), "empty").getContentLength())
                .isZero();
    }

    @Test
    void replacesBytesAndMetadataTogether(TestBucket bucket) {
        ObjectMetadata first = new ObjectMetadata();
        first.addUserMetadata("colour", "red");
        bucket.put("k", "first".getBytes(UTF_8), first);
        bucket.put("k", "second");
        assertThat(bucket.text("k")).isEqualTo("second");
        assertThat(bucket.cos().getObjectMetadata(bucket.name(), "k").getUserMetadata())
                .isEmpty();
    }

    @Test
    void acceptsTheRightContentMd5(TestBucket bucket) {
        ObjectMetadata metadata = new ObjectMetadata();
        metadata.setContentMD5("7h22qpggNyy/ugSigTxJUQ==");
        bucket.put("k", "hello, object store".getBytes(UTF_8), metadata);
        assertThat(bucket.text("k")).isEqualTo("hello, object store");
    }

    @Test
    void keepsTheOldBytesWhenContentMd5IsWrong(TestBucket bucket) {
        bucket.put("k", "old");
        ObjectMetadata metadata = new ObjectMetadata();
        metadata.setContentMD5(Base64.getEncoder().encodeToString(new byte[16]));
        assertRefused(400, "BadDigest", () -> bucket.put("k", "new".getBytes(UTF_8), metadata));
        assertThat(bucket.text("k")).isEqualTo("old");
    }

    @Test
    void refusesAContentMd5ThatIsNone(TestBucket bucket) {
        ObjectMetadata metadata = new ObjectMetadata();
        metadata.setContentMD5("bm90IDE2IGJ5dGVz");
        assertRefused(400, "InvalidDigest", () -> bucket.put("k", "new".getBytes(UTF_8), metadata));
    }

    /** The SDK spells classes its own way; they come back in the service's spelling. */
    @ParameterizedTest
    @ValueSource(strings = {"STANDARD_IA", "Standard_IA", "INTELLIGENT_TIERING"})
    void keepsTheStorageClass(String storageClass, TestBucket bucket) {
        PutObjectRequest request = request(bucket, "k", "text");
        request.setStorageClass(storageClass);
        bucket.cos().putObject(request);
        assertThat(bucket.cos().getObjectMetadata(bucket.name(), "k").getStorageClass())
                .isEqualTo(storageClass.toUpperCase(java.util.Locale.ROOT));
        assertThat(bucket.cos()
                        .listObjects(bucket.name())
                        .getObjectSummaries()
                        .getFirst()
                        .getStorageClass())
                .isEqualTo(storageClass.toUpperCase(java.util.Locale.ROOT));
    }

    @Test
    void doesNotMentionTheStandardClass(TestBucket bucket) {
        PutObjectRequest request = request(bucket, "k", "text");
        request.setStorageClass("Standard");
        bucket.cos().putObject(request);
        assertThat(bucket.cos().getObjectMetadata(bucket.name(), "k").getStorageClass())
                .isNull();
    }

    @Test
    void refusesAClassThatIsNone(TestBucket bucket) {
        PutObjectRequest request = request(bucket, "k", "text");
        request.setStorageClass("PLATINUM");
        CosServiceException refused =
                assertThrows(CosServiceException.class, () -> bucket.cos().putObject(request));
        assertThat(refused.getErrorCode()).isEqualTo("NotSupportedStorageClass");
        assertThat(bucket.cos().doesObjectExist(bucket.name(), "k")).isFalse();
    }

    @Test
    void aFolderIsAnObjectLikeAnyOther(TestBucket bucket) throws IOException {
        bucket.put("photos/", "");
        try (COSObject folder = bucket.cos().getObject(bucket.name(), "photos/")) {
            assertThat(folder.getObjectMetadata().getContentLength()).isZero();
        }
        assertThat(bucket.cos().doesObjectExist(bucket.name(), "photos")).isFalse();
    }

    /** No length known beforehand: the SDK buffers or sends chunks, and either must do. */
    @Test
    void takesAStreamOfUnknownLength(TestBucket bucket) {
        byte[] bytes = Scratch.bytes(70_000, 3);
        bucket.cos().putObject(bucket.name(), "k", new ByteArrayInputStream(bytes), new ObjectMetadata());
        assertThat(bucket.bytes("k")).isEqualTo(bytes);
    }

    private static PutObjectRequest request(TestBucket bucket, String key, String text) {
        ObjectMetadata metadata = new ObjectMetadata();
        metadata.setContentLength(text.getBytes(UTF_8).length);
        return new PutObjectRequest(bucket.name(), key, new ByteArrayInputStream(text.getBytes(UTF_8)), metadata);
    }
}
